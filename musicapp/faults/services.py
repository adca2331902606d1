"""What an admin may know of what broke: how much on each day, and the last errors."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from musicapp.database import UNSYNCED, session, writing
from musicapp.faults.models import Fault
from musicapp.faults.seen import Source

KEPT = timedelta(days=100)
A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class FaultRow:
    """A kind of error in a list, as often as it happened on its last day."""

    digest: str
    source: str
    doing: str
    kind: str
    place: str
    times: int
    last_at: datetime
    request_id: str


COLUMNS = [getattr(Fault, name) for name in FaultRow.__dataclass_fields__]


def last_faults(limit: int = 10) -> list[FaultRow]:
    """The kinds of errors that happened last, each day by itself, the newest first."""
    newest = sa.select(*COLUMNS).order_by(Fault.last_at.desc(), Fault.digest).limit(limit)
    return [FaultRow(*row) for row in session().execute(newest)]


def faults_by_day(source: Source, first: date, last: date) -> dict[date, int]:
    """How many errors there were on each of these days."""
    times = sa.select(Fault.day, sa.func.sum(Fault.times)).where(Fault.day.between(first, last))
    found = {
        day: int(number) for day, number in session().execute(times.where(Fault.source == source).group_by(Fault.day))
    }
    return {day: found.get(day, 0) for day in (first + place * A_DAY for place in range((last - first).days + 1))}


def forget_old(today: date) -> None:
    """Forget errors of a hundred days ago."""
    with writing() as unit:
        unit.execute(sa.delete(Fault).where(Fault.day < today - KEPT).execution_options(**UNSYNCED))
