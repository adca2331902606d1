"""Which decision of a case an appeal waits against."""

import sqlalchemy as sa

from musicapp.database import session
from musicapp.errors import Conflict, NotFound
from plugins.moderation.models import Appeal, Case, Decision

NO_DECISION = "There is no such decision."


def appealed_decision(case: Case) -> tuple[Decision, Appeal]:
    """The oldest decision of a case whose appeal waits; raises Conflict where none does."""
    found = waiting_appeal(sa.select(Decision, Appeal).where(Decision.case_id == case.id))
    if found is None:
        raise Conflict("No appeal waits here.")
    return found


def waiting_appeal(query: sa.Select[Decision, Appeal]) -> tuple[Decision, Appeal] | None:
    waits = query.join(Appeal, Appeal.decision_id == Decision.id).where(Appeal.answered_at.is_(None))
    row = session().execute(waits.order_by(Appeal.id).limit(1)).first()
    return None if row is None else (row[0], row[1])


def decision_with_id(decision_id: int) -> Decision:
    """A decision; raises NotFound."""
    decision = session().get(Decision, decision_id)
    if decision is None:
        raise NotFound(NO_DECISION)
    return decision
