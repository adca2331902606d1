"""Decisions to be judged again: which one an appeal waits against, and one with its case under a lock."""

import sqlalchemy as sa

from musicapp.database import session
from musicapp.errors import Conflict, NotFound
from plugins.moderation.models import Appeal, Case, Decision
from plugins.moderation.services.cases import locked_case

NO_DECISION = "There is no such decision."


def appealed_decision(case: Case) -> Decision:
    """The oldest decision of a case whose appeal waits; raises Conflict where none does."""
    appealed = sa.select(Decision).join(Appeal, Appeal.decision_id == Decision.id)
    waits = appealed.where(Decision.case_id == case.id, Appeal.answered_at.is_(None))
    found = session().scalars(waits.order_by(Appeal.id).limit(1)).first()
    if found is None:
        raise Conflict("No appeal waits here.")
    return found


def decision_with_id(decision_id: int) -> Decision:
    """A decision; raises NotFound."""
    decision = session().get(Decision, decision_id)
    if decision is None:
        raise NotFound(NO_DECISION)
    return decision


def locked_decision(decision_id: int) -> tuple[Case, Decision]:
    """A decision with its case, both as nobody else changes them meanwhile, inside `writing()`; raises NotFound."""
    case_id = session().scalar(sa.select(Decision.case_id).where(Decision.id == decision_id))
    if case_id is None:
        raise NotFound(NO_DECISION)
    case = locked_case(case_id)
    # Read behind the lock: it may have been undone by whom this waited for.
    return case, session().get_one(Decision, decision_id, populate_existing=True)
