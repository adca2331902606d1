"""Who was heard how often: sums by day and song, and each counted play by itself, without who.

Plays by day and song are those of the statistics page, which has them from the same table. Of a single play neither
the moment nor the hour is told, how long it was heard only where enough listeners heard the song in these days, and its
source only where enough came from there: an artist who knows when somebody listened must not learn how.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from musicapp.database import session
from musicapp.days import first_moment, within_days
from musicapp.sheets import Value
from musicapp.snapshots import streamed
from musicapp.spans import Span
from plugins.catalog.models import Album, Play, Song, SongDay
from plugins.catalog.services.audience import FLOOR

OTHER = "other"
DAYS_AT_ONCE = 30
T = TypeVar("T")


def day_count(_person_id: int, artist_id: int, span: Span) -> int:
    """On how many days and songs somebody listened."""
    return session().scalar(days_of(artist_id, span).with_only_columns(sa.func.count())) or 0


def day_rows(_person_id: int, artist_id: int, span: Span) -> Iterator[tuple[Value, ...]]:
    """Each day and song that was heard, by day."""
    query = days_of(artist_id, span).outerjoin(Album, Album.id == Song.album_id)
    columns = (SongDay.day, Song.id, Song.title, Album.title, SongDay.plays, SongDay.heard_ms)
    ordered = query.with_only_columns(*columns, maintain_column_froms=True).order_by(SongDay.day, Song.id)
    return ((*row[:-1], round(row[-1] / 1000)) for row in streamed(ordered))


def days_of(artist_id: int, span: Span) -> sa.Select[Any]:
    days = sa.select(SongDay).join(Song, Song.id == SongDay.song_id)
    return days.where(Song.artist_id == artist_id, SongDay.day.between(span.first, span.last))


def play_count(_person_id: int, artist_id: int, span: Span) -> int:
    """How many plays count."""
    total = sa.func.coalesce(sa.func.sum(SongDay.plays), 0)
    return int(session().scalar(days_of(artist_id, span).with_only_columns(total)) or 0)


def play_rows(_person_id: int, artist_id: int, span: Span) -> Iterator[tuple[Value, ...]]:
    """Each counted play, by day and song; within these the shortest first, so that nobody's evening can be followed."""
    songs, sources = shown(artist_id, span, Play.song_id), shown(artist_id, span, Play.source)
    for offset in range(0, span.days, DAYS_AT_ONCE):
        first = span.first + timedelta(days=offset)
        last = min(span.last, first + timedelta(days=DAYS_AT_ONCE - 1))
        day = day_of_play(first, last).label("day_no")
        query = plays_of(artist_id, first, last).outerjoin(Album, Album.id == Song.album_id)
        columns = (day, Song.id, Song.title, Album.title, Play.heard_ms, Play.completed, Play.source)
        ordered = query.with_only_columns(*columns, maintain_column_froms=True).order_by(day, Song.id, Play.heard_ms)
        for day_no, *song, heard_ms, completed, source in streamed(ordered):
            how = (round(heard_ms / 1000), completed) if song[0] in songs else (None, None)
            yield (first + timedelta(days=day_no), *song, *how, source if source in sources else OTHER)


def day_of_play(first: date, last: date) -> sa.Case[int]:
    """How many days after the first one a play began, on the site's clock, whose days are not all as long."""
    days = (last - first).days
    ends = [first_moment(first + timedelta(days=day_no + 1)) for day_no in range(days + 1)]
    return sa.case(*((Play.started_at < end, day_no) for day_no, end in enumerate(ends)), else_=days)


def shown(artist_id: int, span: Span, column: InstrumentedAttribute[T]) -> set[T]:
    """The songs or sources that enough different listeners share; all who keep no history may be one."""
    named = sa.case((Play.listener_key.like("n%"), "n"), else_=Play.listener_key)
    listeners = sa.func.count(sa.distinct(named))
    values = plays_of(artist_id, span.first, span.last).with_only_columns(column, maintain_column_froms=True)
    return set(session().scalars(values.group_by(column).having(listeners >= FLOOR)))


def plays_of(artist_id: int, first: date, last: date) -> sa.Select[Any]:
    """The counted plays of an artist on days of the site's clock."""
    counted = sa.select(Play).join(Song, Song.id == Play.song_id).where(Song.artist_id == artist_id, Play.counted)
    return counted.where(within_days(Play.started_at, first, last))
