"""How much is played and uploaded each day, and what all music takes, for who runs the site: from the sums by day."""

from datetime import date, timedelta

import sqlalchemy as sa

from musicapp.database import session
from musicapp.days import counted_by_day
from plugins.catalog.models import Song, SongDay, SongVersion

A_DAY = timedelta(days=1)


def plays(first: date, last: date) -> dict[date, int]:
    """The plays of each of these days."""
    sums = sa.select(SongDay.day, sa.func.sum(SongDay.plays)).where(SongDay.day.between(first, last))
    found = {day: int(number) for day, number in session().execute(sums.group_by(SongDay.day))}
    return {day: found.get(day, 0) for day in (first + place * A_DAY for place in range((last - first).days + 1))}


def uploads(first: date, last: date) -> dict[date, int]:
    """How many songs came on each of these days, those that were deleted since among them."""
    return counted_by_day(Song.created_at, first, last)


def songs() -> int:
    """How many songs there are."""
    return session().scalar(sa.select(sa.func.count()).where(Song.deleted_at.is_(None))) or 0


def stored_bytes() -> int:
    """What the sound of all songs takes, in every form."""
    size = sa.func.coalesce(sa.func.sum(Song.audio_bytes), 0)
    versions = sa.select(sa.func.coalesce(sa.func.sum(SongVersion.audio_bytes), 0))
    in_all = session().execute(sa.select(size, versions.scalar_subquery()).where(Song.deleted_at.is_(None))).one()
    return sum(map(int, in_all))
