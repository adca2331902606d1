"""Suspending owners by a decision, and letting them in again when it no longer stands."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import one_at_a_time, session
from plugins.auth.services import person_with_id, restore, suspend
from plugins.moderation.models import Case, Concerned, Decision


def suspend_owners(decision: Decision) -> None:
    """Keep those whom a decision concerns out until its end, inside `writing()`; who is out for longer stays so.

    What was before is kept with the decision, for when it no longer stands.
    """
    if decision.until is None or decision.until <= now():
        return
    for person_id in concerned_by(decision.id):
        already = suspended_until(person_id)
        session().get_one(Concerned, (decision.id, person_id)).suspended_before = already
        if already is None or already < decision.until:
            suspend(person_id, decision.until)


def end_suspension(decision: Decision, standing: Sequence[Decision]) -> None:
    """Go back to how it was before a decision that no longer stands, for those whom it keeps out.

    Who was out before stays so until then, and later decisions that stand keep them out too. `standing` are the
    suspensions about the same thing that do stand.
    """
    for person_id in concerned_by(decision.id):
        until = suspended_until(person_id)
        before = session().get_one(Concerned, (decision.id, person_id)).suspended_before
        here = {one.id: one.until for one in standing if one.until}
        later = {id: end for id, end in {**other_ends(person_id, decision.case_id), **here}.items() if id > decision.id}
        for after in suspended_upon(person_id, decision):
            after.suspended_before = longest(before, [end for id, end in later.items() if id < after.decision_id])
        if until is None or until != decision.until:
            continue  # somebody changed it since, by other means than this decision
        remaining = longest(before, later.values())
        if remaining is None or remaining <= now():
            restore(person_id)
        else:
            suspend(person_id, remaining)


def suspended_upon(person_id: int, decision: Decision) -> list[Concerned]:
    """What is kept with later decisions that found somebody suspended by this one."""
    query = sa.select(Concerned).where(Concerned.person_id == person_id, Concerned.decision_id > decision.id)
    return list(session().scalars(query.where(Concerned.suspended_before == decision.until)))


def longest(before: datetime | None, ends: Iterable[datetime]) -> datetime | None:
    """The last of some ends of suspensions; None where there is none."""
    return max((end for end in (before, *ends) if end is not None), default=None)


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


def other_ends(person_id: int, case_id: int) -> dict[int, datetime]:
    """The ends of suspensions of somebody that stand because of other things, by the ids of the decisions."""
    query = (
        sa.select(Decision.id, Decision.until, Case.in_force)
        .join(Concerned, Concerned.decision_id == Decision.id)
        .join(Case, Case.id == Decision.case_id)
        .where(Concerned.person_id == person_id, Decision.case_id != case_id, Decision.action == "suspend")
        .where(Decision.undone_at.is_(None))
    )
    found = session().execute(query)
    return {id: until for id, until, in_force in found if until is not None and "suspend" in in_force}
