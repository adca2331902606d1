"""What is a listener's own: their history, and what they keep."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from musicapp.database import session
from musicapp.sheets import Value
from musicapp.snapshots import streamed
from musicapp.spans import Span
from plugins.auth import services as auth
from plugins.catalog.models import Album, Artist, FavouriteAlbum, FavouriteArtist, FavouriteSong, Play, Song
from plugins.catalog.services.artists import is_known_artist
from plugins.catalog.services.history.plays import plays_of
from plugins.catalog.services.visibility import visible_albums, visible_songs


def own_play_count(person_id: int, _subject_id: int, span: Span) -> int:
    """How many plays of these days are in somebody's history."""
    return session().scalar(history_of(person_id, span).with_only_columns(sa.func.count())) or 0


def own_play_rows(person_id: int, _subject_id: int, span: Span) -> Iterator[tuple[Value, ...]]:
    """Each play of somebody's history on these days, the oldest first."""
    columns = (Play.started_at, Song.title, Artist.name, Album.title, Play.heard_ms, Play.completed, Play.source)
    query = history_of(person_id, span).join(Artist, Artist.id == Song.artist_id)
    named = query.outerjoin(Album, Album.id == Song.album_id).order_by(Play.started_at, Play.id)
    for *of_song, heard_ms, completed, source in streamed(
        named.with_only_columns(*columns, maintain_column_froms=True)
    ):
        yield (*of_song, round(heard_ms / 1000), completed, source)


def history_of(person_id: int, span: Span) -> sa.Select[Any]:
    return plays_of(auth.person_with_id(person_id)).where(Play.day.between(span.first, span.last))


def favourite_count(person_id: int, _subject_id: int, _span: Span) -> int:
    """How many songs, albums and artists somebody keeps."""
    counted = (query.with_only_columns(sa.func.count(), maintain_column_froms=True) for query in kept_by(person_id))
    return sum(session().scalar(query) or 0 for query in counted)


def favourite_rows(person_id: int, _subject_id: int, _span: Span) -> Iterator[tuple[Value, ...]]:
    """Each favourite: songs, then albums, then artists, the latest first."""
    songs, albums, artists = kept_by(person_id)
    of_song = (sa.literal("song"), Song.title, Artist.name, FavouriteSong.added_at, Song.id)
    of_album = (sa.literal("album"), Album.title, Artist.name, FavouriteAlbum.added_at, Album.id)
    of_artist = (sa.literal("artist"), Artist.name, Artist.name, FavouriteArtist.added_at, Artist.id)
    for query, columns in ((songs, of_song), (albums, of_album), (artists, of_artist)):
        ordered = query.with_only_columns(*columns, maintain_column_froms=True).order_by(
            columns[3].desc(), columns[4].desc()
        )
        yield from map(tuple, streamed(ordered))


def kept_by(person_id: int) -> tuple[sa.Select[Any], sa.Select[Any], sa.Select[Any]]:
    """What somebody keeps and may still find: songs, albums, artists."""
    person = auth.person_with_id(person_id)
    songs = visible_songs(person).join(FavouriteSong, FavouriteSong.song_id == Song.id)
    albums = visible_albums(person).join(FavouriteAlbum, FavouriteAlbum.album_id == Album.id)
    artists = sa.select(Artist).join(FavouriteArtist, FavouriteArtist.artist_id == Artist.id)
    return (
        songs.join(Artist, Artist.id == Song.artist_id).where(FavouriteSong.user_id == person_id),
        albums.join(Artist, Artist.id == Album.artist_id).where(FavouriteAlbum.user_id == person_id),
        artists.where(FavouriteArtist.user_id == person_id, is_known_artist(person)),
    )
