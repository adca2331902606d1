"""What a month brought to the music of the site, for who runs it."""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from musicapp.database import session
from musicapp.days import within_days
from musicapp.spans import Span
from plugins.catalog.models import Song, SongDay, SongVersion
from plugins.catalog.services.months.listeners import count_listeners
from plugins.catalog.services.months.listening import Times
from plugins.catalog.services.rows import SONG_COLUMNS, SongRow, song_columns, song_row
from plugins.catalog.services.visibility import public_songs

TOP = 5
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class InAll:
    """The numbers of some days."""

    plays: int
    heard_ms: int
    listeners: int
    uploads: int


@dataclass(frozen=True)
class SiteMonth:
    """A span of the site beside the one before: plays by day, what was uploaded, the most played songs, and the bytes
    that all sound takes now, those of the span's uploads by themselves."""

    now: InAll
    before: InAll
    plays: list[int]
    plays_before: list[int]
    songs: list[Times[SongRow]]
    stored_bytes: int
    new_bytes: int


def site_month(span: Span) -> SiteMonth:
    """The numbers of the site in a span."""
    days = sums_by_day(span)
    in_span = within_days(Song.created_at, span.first, span.last)
    uploads = sa.select(
        sa.func.count(Song.id).filter(in_span),
        sa.func.count(Song.id).filter(within_days(Song.created_at, span.before_first, span.before_last)),
        sa.func.coalesce(sa.func.sum(Song.audio_bytes).filter(in_span), 0),
        sa.func.coalesce(sa.func.sum(Song.audio_bytes), 0),
        sa.select(sa.func.coalesce(sa.func.sum(SongVersion.audio_bytes), 0)).scalar_subquery(),
    ).where(Song.deleted_at.is_(None))
    uploaded, uploaded_before, new_bytes, song_bytes, version_bytes = session().execute(uploads).one()
    return SiteMonth(
        now=in_all(days, span.first, span.last, uploaded),
        before=in_all(days, span.before_first, span.before_last, uploaded_before),
        plays=[days.get(day, (0, 0))[0] for day in days_from(span.first, span.last)],
        plays_before=[days.get(day, (0, 0))[0] for day in days_from(span.before_first, span.before_last)],
        songs=most_played(span),
        stored_bytes=int(song_bytes) + int(version_bytes),
        new_bytes=int(new_bytes),
    )


def sums_by_day(span: Span) -> dict[date, tuple[int, int]]:
    """Plays and ms heard of all music by day."""
    sums = sa.select(SongDay.day, sa.func.sum(SongDay.plays), sa.func.sum(SongDay.heard_ms))
    sums = sums.where(SongDay.day.between(span.before_first, span.last)).group_by(SongDay.day)
    return {day: (int(plays), int(heard_ms)) for day, plays, heard_ms in session().execute(sums)}


def in_all(days: dict[date, tuple[int, int]], first: date, last: date, uploads: int) -> InAll:
    chosen = [days.get(day, (0, 0)) for day in days_from(first, last)]
    plays, heard_ms = sum(one[0] for one in chosen), sum(one[1] for one in chosen)
    return InAll(plays, heard_ms, count_listeners(first, last), uploads)


def days_from(first: date, last: date) -> list[date]:
    return [first + place * A_DAY for place in range((last - first).days + 1)]


def most_played(span: Span) -> list[Times[SongRow]]:
    """The songs that were played most, with their plays."""
    plays, heard_ms = sa.func.sum(SongDay.plays).label("plays"), sa.func.sum(SongDay.heard_ms).label("heard_ms")
    sums = sa.select(SongDay.song_id, plays, heard_ms).where(SongDay.day.between(span.first, span.last))
    sums_of_songs = sums.group_by(SongDay.song_id).having(plays > 0).subquery()
    chosen = song_columns(public_songs().join(sums_of_songs, sums_of_songs.c.song_id == Song.id), None, as_public=True)
    most = chosen.add_columns(sums_of_songs.c.plays, sums_of_songs.c.heard_ms)
    highest = most.order_by(sums_of_songs.c.plays.desc(), Song.id).limit(TOP)
    return [Times(song_row(row), *map(int, row[SONG_COLUMNS:])) for row in session().execute(highest)]
