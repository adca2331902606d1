"""Taking plays out of a history: the music keeps its counts, nothing leads from them to the listener any more."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from musicapp.database import UNSYNCED, session, writing
from musicapp.errors import NotFound
from plugins.catalog.models import Play
from plugins.catalog.services.history.hours import local_day, lower_hours, raise_hours, sums_of
from plugins.catalog.services.history.names import day_of, made_names, name_that_nobody_finds, own_key, take_turns
from plugins.catalog.services.persons import Person
from plugins.catalog.services.waiting_days import note_song_days

AT_ONCE = 1_000
NOT_THERE = "This play is not in your history."


@dataclass(frozen=True)
class Forgotten:
    """What left a history: one play, or those of a day, and the names under which they stand now.

    Only who holds this can bring them back.
    """

    count: int
    keys: Sequence[str]
    day: date | None = None
    play_id: int | None = None


def forget_play(person: Person, play_id: int) -> Forgotten:
    """Take one play out of somebody's history; raises NotFound where it is not in it."""
    with writing():
        take_turns(own_key(person.id))
        plays = plays_in_history(person, Play.id == play_id) if play_id < 2**63 else []
        if not plays:
            raise NotFound(NOT_THERE)
        return Forgotten(1, take_off(person, plays), play_id=play_id)


def forget_day(person: Person, day: date) -> Forgotten:
    """Take all plays of a day of the site's clock out of somebody's history."""
    with writing():
        take_turns(own_key(person.id))
        plays = plays_in_history(person, Play.day == day)
        names = made_names(person.id, {day_of(play.started_at) for play in plays})
        # What left the day earlier must not come back with what leaves it now.
        sealed = sa.update(Play).where(
            Play.listener_key.in_(names.values()), Play.day == day, Play.listener_id.is_(None)
        )
        session().execute(sealed.values(day=None, hour=None).execution_options(**UNSYNCED))
        return Forgotten(len(plays), take_off(person, plays, names), day=day)


def forget_all(person: Person, *, for_good: bool = False) -> int:
    """Take every play out of somebody's history, some at a time; how many there were.

    `for_good` is for who leaves the site and will report no play again: not even today's lead back to them.
    """
    names: dict[date, str] | None = defaultdict(name_that_nobody_finds) if for_good else None
    forgotten = 0
    while True:
        with writing():
            take_turns(own_key(person.id))
            plays = plays_in_history(person, sa.true(), limit=AT_ONCE)
            take_off(person, plays, names)
        forgotten += len(plays)
        if len(plays) < AT_ONCE:
            return forgotten


def bring_back(person: Person, forgotten: Forgotten) -> int:
    """Put into somebody's history again what left it; how many plays were still there to come back."""
    which = Play.id == forgotten.play_id if forgotten.play_id is not None else Play.day == forgotten.day
    with writing():
        take_turns(own_key(person.id))
        gone = (Play.listener_key.in_(forgotten.keys), Play.listener_id.is_(None), Play.day.is_not(None))
        plays = list(session().scalars(sa.select(Play).where(which, *gone).with_for_update()))
        for play in plays:
            play.listener_id, play.listener_key = person.id, own_key(person.id)
        session().flush()
        note_audience(plays)
        raise_hours(person.id, sums_of(plays))
    return len(plays)


def plays_in_history(person: Person, which: sa.ColumnElement[bool], limit: int | None = None) -> Sequence[Play]:
    query = sa.select(Play).where(Play.listener_id == person.id, which).order_by(Play.started_at, Play.id)
    return session().scalars(query.limit(limit).with_for_update()).all()


def take_off(person: Person, plays: Iterable[Play], names: dict[date, str] | None = None) -> list[str]:
    """Take the person off these plays and these out of the person's sums; the names that the plays have now."""
    plays = list(plays)
    if names is None:
        names = made_names(person.id, {day_of(play.started_at) for play in plays})
    for play in plays:
        play.listener_id, play.listener_key = None, names[day_of(play.started_at)]
    session().flush()
    note_audience(plays)
    if plays:
        lower_hours(person.id, sums_of(plays))
    return sorted(names.values())


def note_audience(plays: Iterable[Play]) -> None:
    """Have the days of these plays' artists counted anew, so that their listeners are those whom the ledger names."""
    note_song_days({(play.song_id, local_day(play.started_at)) for play in plays})
