"""What comes first in the queue, and until when it should be answered.

A case weighs reports × (1 + reach) × 2^(days that it waits): twice the people who report it, twice the people whom it
reaches, or one day more that it waits, each count the same. Of two cases the heavier one stays so while both wait, so
the logarithm is stored, without the part that grows alike for all, and the queue is a walk along an index.
"""

from datetime import UTC, datetime, timedelta
from math import log2

from plugins.moderation.models import Case
from plugins.moderation.settings import limits

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def weight_of(reports: int, reach: int, waiting_since: datetime) -> float:
    """The logarithm of the weight on the first day of 2020; a case without reports weighs as with one."""
    return log2(max(reports, 1)) + log2(1 + max(reach, 0)) - (waiting_since - EPOCH) / DAY


def weigh(case: Case) -> None:
    """Give a case its place in the queue anew."""
    case.weight = weight_of(case.reports_count, case.reach, case.waiting_since or case.opened_at)


def due_at(waiting_since: datetime | None) -> datetime | None:
    """When somebody should have an answer, as the setting is now; None where nobody waits."""
    return waiting_since + timedelta(hours=limits().answer_hours) if waiting_since else None


def overdue_before(at: datetime) -> datetime:
    """Who has waited since before this moment waits too long."""
    return at - timedelta(hours=limits().answer_hours)
