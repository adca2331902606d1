"""The stars of an artist's songs: how many listeners gave how many, not who."""

from collections.abc import Iterator

import sqlalchemy as sa

from musicapp.database import session
from musicapp.sheets import Value
from musicapp.snapshots import streamed
from musicapp.spans import Span
from plugins.catalog.models import Rating, Song
from plugins.catalog.services.sheets.songs import songs_of


def rating_count(_person_id: int, artist_id: int, _span: Span) -> int:
    """How many songs of an artist were rated."""
    rated = songs_of(artist_id).where(sa.exists().where(Rating.song_id == Song.id))
    return session().scalar(rated.with_only_columns(sa.func.count())) or 0


def rating_rows(_person_id: int, artist_id: int, _span: Span) -> Iterator[tuple[Value, ...]]:
    """Each song that was rated, with its ratings by number of stars and their mean."""
    given = [sa.func.sum(sa.case((Rating.stars == stars, 1), else_=0)) for stars in range(1, 6)]
    query = songs_of(artist_id).join(Rating, Rating.song_id == Song.id)
    counted = query.with_only_columns(Song.id, Song.title, *given, maintain_column_froms=True)
    for song_id, title, *counts in streamed(counted.group_by(Song.id, Song.title).order_by(Song.id)):
        total = sum(counts)
        mean = sum(stars * count for stars, count in enumerate(counts, start=1)) / total
        yield (song_id, title, *counts, total, round(mean, 2))
