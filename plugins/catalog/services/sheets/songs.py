"""The songs of an artist, in any state."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.sheets import Value
from musicapp.snapshots import streamed
from musicapp.spans import Span
from plugins.catalog.models import Album, Genre, Song


def song_count(_person_id: int, artist_id: int, _span: Span) -> int:
    """How many songs an artist has."""
    return session().scalar(songs_of(artist_id).with_only_columns(sa.func.count())) or 0


def song_rows(_person_id: int, artist_id: int, _span: Span) -> Iterator[tuple[Value, ...]]:
    """Each song with what it is and how it fares, the oldest first."""
    columns = (
        Song.id,
        Song.title,
        Album.title,
        Song.disc_no,
        Song.track_no,
        Genre.name,
        Song.year,
        Song.duration_s,
        Song.explicit,
        Song.licence,
        Song.plays,
        Song.ratings_count,
        Song.ratings_sum,
        Song.state,
        Song.hidden_at,
        Song.published_at,
        Song.created_at,
    )
    joined = songs_of(artist_id).outerjoin(Album, Album.id == Song.album_id).outerjoin(Genre, Genre.id == Song.genre_id)
    query = joined.with_only_columns(*columns, maintain_column_froms=True).order_by(Song.id)
    return (song_line(row) for row in streamed(query))


def songs_of(artist_id: int) -> sa.Select[Any]:
    return sa.select(Song).where(Song.artist_id == artist_id, Song.deleted_at.is_(None))


def song_line(row: Any) -> tuple[Value, ...]:
    *words, duration_s, explicit, licence, plays, ratings, stars, state, hidden_at, published_at, created_at = row
    return (
        *words,
        None if duration_s is None else round(duration_s),
        explicit,
        licence,
        plays,
        ratings,
        round(stars / ratings, 2) if ratings else None,
        state_of(state, hidden_at, published_at),
        published_at,
        created_at,
    )


def state_of(state: str, hidden_at: Any, published_at: Any) -> str:
    """The state of a song as the studio's pill says it."""
    if state != "ready":
        return state
    if hidden_at is not None:
        return "hidden"
    if published_at is None:
        return "draft"
    return "published" if published_at <= now() else "scheduled"
