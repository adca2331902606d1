"""Closing cases by themselves: once nobody can appeal any more, nothing is left to do."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from musicapp.database import UNSYNCED, writing
from plugins.moderation.models import Case, Decision
from plugins.moderation.settings import limits

BATCH = 500


def close_settled(at: datetime) -> int:
    """Close some decided cases whose last decision can no longer be appealed against; how many there were."""
    latest = (
        sa.select(sa.func.max(Decision.decided_at)).where(Decision.case_id == Case.id).correlate(Case).scalar_subquery()
    )
    settled = sa.and_(Case.state == "decided", latest < at - timedelta(days=limits().appeal_days))
    some = sa.select(Case.id).where(settled).limit(BATCH).scalar_subquery()
    closed = {"state": "closed", "closed_at": at, "version": Case.version + 1}
    with writing() as unit:
        change = sa.update(Case).where(Case.id.in_(some), Case.state == "decided").values(closed)
        return len(unit.execute(change.returning(Case.id), execution_options=UNSYNCED).all())
