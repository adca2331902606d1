"""What moderation did, in numbers: for everybody by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.days import within_days
from musicapp.pages import local
from plugins.moderation.models import Appeal, Decision, Report
from plugins.moderation.services.words import ACTIONS

FLOOR = 3
MONTHS = 12
NOTHING = [0] * MONTHS


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
    reports, appeals = counted(Report.made_at, firsts), counted(Appeal.made_at, firsts)
    taken_back = counted(Decision.decided_at, firsts, Decision.undone_at.is_not(None))
    counts = columns(Decision.decided_at, firsts)
    by_action = sa.select(Decision.action, *counts).group_by(Decision.action)
    actions = {action: numbers for action, *numbers in session().execute(by_action)}
    return [
        MonthCounts(
            first=first,
            reports=veiled(reports[place]),
            actions={action: veiled(actions.get(action, NOTHING)[place]) for action in ACTIONS},
            appeals=veiled(appeals[place]),
            taken_back=veiled(taken_back[place]),
        )
        for place, first in enumerate(firsts[1:])
    ]


def month_starts(today: date) -> list[date]:
    """The first day of this month and of each that is told, the newest first."""
    count = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(count, count - MONTHS - 1, -1)]


def counted(
    moment: sa.SQLColumnExpression[datetime | None], firsts: Sequence[date], *where: sa.ColumnElement[bool]
) -> list[int]:
    """How often something happened in each month, by one reading of the table."""
    return list(session().execute(sa.select(*columns(moment, firsts)).where(*where)).one())


def columns(moment: sa.SQLColumnExpression[datetime | None], firsts: Sequence[date]) -> list[sa.ColumnElement[int]]:
    """A count for each month, from its first day to the day before the next one's."""
    spans = zip(firsts[1:], firsts, strict=False)
    return [sa.func.count().filter(within_days(moment, first, after - timedelta(days=1))) for first, after in spans]


def veiled(number: int) -> int | None:
    """A number that may be seen by everybody."""
    return None if 0 < number < FLOOR else number
