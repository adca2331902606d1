"""Suspending owners by a decision, and letting them in again when it no longer stands."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import one_at_a_time, session
from plugins.auth.services import person_with_id, restore, suspend
from plugins.moderation.models import Case, Concerned, Decision


def suspend_owners(decision: Decision) -> None:
    """Keep those whom a decision concerns out until its end, inside `writing()`; who is out for longer stays so."""
    if decision.until is None or decision.until <= now():
        return
    for person_id in concerned_by(decision.id):
        already = suspended_until(person_id)
        if already is None or already < decision.until:
            suspend(person_id, decision.until)


def end_suspension(decision: Decision, standing: Sequence[Decision]) -> None:
    """Let those in again whom a decision that no longer stands keeps out, unless another one does.

    `standing` are the suspensions about the same thing that do stand.
    """
    for person_id in concerned_by(decision.id):
        until = suspended_until(person_id)
        if until is None or until != decision.until:
            continue  # somebody changed it since, by other means than this decision
        ends = [*other_ends(person_id, decision.case_id), *(one.until for one in standing if one.until)]
        longest = max((end for end in ends if end > now()), default=None)
        if longest is None:
            restore(person_id)
        else:
            suspend(person_id, longest)


def suspended_until(person_id: int) -> datetime | None:
    """Until when somebody is out, as nobody else here changes it meanwhile."""
    one_at_a_time(f"suspensions of {person_id}")
    user = person_with_id(person_id)
    session().refresh(user)
    return user.suspended_until


def concerned_by(decision_id: int) -> list[int]:
    """The ids of those whom a decision concerns."""
    query = sa.select(Concerned.person_id).where(Concerned.decision_id == decision_id).order_by(Concerned.person_id)
    return list(session().scalars(query))


def other_ends(person_id: int, case_id: int) -> list[datetime]:
    """The ends of suspensions of somebody that stand because of other things."""
    query = (
        sa.select(Decision.until, Case.in_force)
        .join(Concerned, Concerned.decision_id == Decision.id)
        .join(Case, Case.id == Decision.case_id)
        .where(Concerned.person_id == person_id, Decision.case_id != case_id, Decision.action == "suspend")
        .where(Decision.undone_at.is_(None))
    )
    return [until for until, in_force in session().execute(query) if until is not None and "suspend" in in_force]
