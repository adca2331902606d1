"""What moderation did, in numbers: for everybody by month."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from musicapp.caching import Kept
from musicapp.clock import now
from musicapp.database import session
from musicapp.days import within_days
from musicapp.pages import local
from plugins.moderation.models import Appeal, Decision, Report
from plugins.moderation.services.words import ACTIONS

FLOOR = 3
MONTHS = 12

known = Kept("moderation.months", seconds=600)


@dataclass(frozen=True)
class MonthCounts:
    """A whole month for everybody to see; None stands for one or two, by which people could be known again.

    `actions` are the decisions by what was decided, `taken_back` those of them that no longer stand.
    """

    first: date
    reports: int | None
    actions: dict[str, int | None]
    appeals: int | None
    taken_back: int | None


def month_counts() -> list[MonthCounts]:
    """The last twelve whole months, the newest first; this month is told when it is over."""
    firsts = month_starts(local(now()).date())
    numbers = known.remember(dict[str, list[int]], firsts[0].isoformat(), lambda: numbers_of(firsts))
    return [
        MonthCounts(
            first=first,
            reports=veiled(numbers["reports"][place]),
            actions={action: veiled(numbers[action][place]) for action in ACTIONS},
            appeals=veiled(numbers["appeals"][place]),
            taken_back=veiled(numbers["taken back"][place]),
        )
        for place, first in enumerate(firsts[1:])
    ]


def numbers_of(firsts: Sequence[date]) -> dict[str, list[int]]:
    """What happened in each month, by what it was; decisions by what was decided."""
    return {
        "reports": counted(Report.made_at, firsts),
        "appeals": counted(Appeal.made_at, firsts),
        "taken back": counted(Decision.decided_at, firsts, Decision.undone_at.is_not(None)),
        **decided(firsts),
    }


def month_starts(today: date) -> list[date]:
    """The first day of this month and of each that is told, the newest first."""
    count = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(count, count - MONTHS - 1, -1)]


def counted(
    moment: sa.SQLColumnExpression[datetime | None], firsts: Sequence[date], *where: sa.ColumnElement[bool]
) -> list[int]:
    """How often something happened in each month, each counted in an index."""
    counts = [sa.select(sa.func.count()).where(month, *where).scalar_subquery() for month in months_of(moment, firsts)]
    return list(session().execute(sa.select(*counts)).one())


def decided(firsts: Sequence[date]) -> dict[str, list[int]]:
    """How often each thing was decided in each month."""
    counts = [
        sa.select(sa.literal(place), Decision.action, sa.func.count()).where(month).group_by(Decision.action)
        for place, month in enumerate(months_of(Decision.decided_at, firsts))
    ]
    found: dict[str, list[int]] = {action: [0] * MONTHS for action in ACTIONS}
    for place, action, number in session().execute(sa.union_all(*counts)):
        found[action][place] = number
    return found


def months_of(
    moment: sa.SQLColumnExpression[datetime | None], firsts: Sequence[date]
) -> Iterator[sa.ColumnElement[bool]]:
    """That something happened in a month, from its first day to the day before the next one's, for each of them."""
    for first, after in zip(firsts[1:], firsts, strict=False):
        yield within_days(moment, first, after - timedelta(days=1))


def veiled(number: int) -> int | None:
    """A number that may be seen by everybody."""
    return None if 0 < number < FLOOR else number
