"""The few numbers at the top of the studio."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from plugins.catalog.models import Song, SongDay
from plugins.catalog.services.history.hours import local_day
from plugins.catalog.services.persons import Person
from plugins.catalog.services.studio.lists import STATES, is_in_state, own_albums, own_songs

DAYS = 28


@dataclass(frozen=True)
class StudioNumbers:
    """What somebody has here: songs in all and by state, albums, and plays of 28 days and of the 28 before."""

    songs: int
    by_state: dict[str, int]
    albums: int
    plays: int
    plays_before: int


def studio_numbers(person: Person, artist_id: int | None = None) -> StudioNumbers:
    """The numbers of one artist, or of all that somebody publishes as, in one statement."""
    songs = own_songs(person, artist_id)
    today = local_day(now())
    recent, before = today - timedelta(days=DAYS), today - timedelta(days=2 * DAYS)
    heard = songs.join(SongDay, SongDay.song_id == Song.id).correlate(None)
    counted = songs.with_only_columns(
        sa.func.count(),
        own_albums(person, artist_id).with_only_columns(sa.func.count()).correlate(None).scalar_subquery(),
        plays_of(heard.where(SongDay.day > recent)),
        plays_of(heard.where(SongDay.day > before, SongDay.day <= recent)),
        *(count_of(is_in_state(state)) for state in STATES),
    )
    total, albums, plays, plays_before, *states = session().execute(counted).one()
    return StudioNumbers(total, dict(zip(STATES, states, strict=True)), albums, int(plays), int(plays_before))


def count_of(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[Any]:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)


def plays_of(days: sa.Select[Any]) -> sa.ScalarSelect[Any]:
    plays = sa.func.coalesce(sa.func.sum(SongDay.plays), 0)
    return days.with_only_columns(plays, maintain_column_froms=True).scalar_subquery()
