"""What moderation did, in numbers: for everybody by month, and for who runs the site."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.days import first_moment
from musicapp.pages import local
from plugins.moderation.models import Appeal, Decision, Report
from plugins.moderation.services.words import ACTIONS

FLOOR = 3
MONTHS = 12


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


def month_counts(months: int = MONTHS) -> list[MonthCounts]:
    """The last whole months, the newest first; this month is told when it is over."""
    ends = month_starts(local(now()).date(), months)
    since, until = first_moment(ends[-1]), first_moment(ends[0])
    reports = by_month(sa.select(Report.made_at).where(Report.made_at >= since, Report.made_at < until))
    appeals = by_month(sa.select(Appeal.made_at).where(Appeal.made_at >= since, Appeal.made_at < until))
    decided = sa.select(Decision.decided_at, Decision.action, Decision.undone_at)
    actions: Counter[tuple[date, str]] = Counter()
    taken_back: Counter[date] = Counter()
    for at, action, undone_at in session().execute(
        decided.where(Decision.decided_at >= since, Decision.decided_at < until)
    ):
        actions[month_of(at), action] += 1
        taken_back[month_of(at)] += undone_at is not None
    return [
        MonthCounts(
            first=first,
            reports=veiled(reports[first]),
            actions={action: veiled(actions[first, action]) for action in ACTIONS},
            appeals=veiled(appeals[first]),
            taken_back=veiled(taken_back[first]),
        )
        for first in ends[1:]
    ]


def month_starts(today: date, months: int) -> list[date]:
    """The first day of this month and of so many before it, the newest first."""
    count = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(count, count - months - 1, -1)]


def by_month(moments: sa.Select[datetime]) -> Counter[date]:
    return Counter(month_of(at) for at in session().scalars(moments))


def month_of(at: datetime) -> date:
    """The first day of the month in which something happened, on the site's clock."""
    return local(at).date().replace(day=1)


def veiled(number: int) -> int | None:
    """A number that may be seen by everybody."""
    return None if 0 < number < FLOOR else number
