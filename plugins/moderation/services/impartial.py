"""Who may judge: nobody their own thing or their own report, nor an appeal against what they decided."""

from collections.abc import Collection

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.errors import Forbidden
from musicapp.plugins.site import current_site
from plugins.auth.services import people_with_role, person_with_id
from plugins.moderation.models import Case, CaseOwner, Decision, Report
from plugins.moderation.services.persons import Person

RIGHT = "moderation.moderate"
MOST_STAFF = 1_000


def refuse_partial(person: Person, case: Case, owner_ids: Collection[int], decision: Decision | None = None) -> bool:
    """Refuse who owns or reported a thing, as long as somebody else can judge it; answers whether nobody else can.

    Reports that wait count, and those that were answered by the `decision` that is judged again.
    """
    reporters = reporters_of(case, decision)
    if person.id not in owner_ids and person.id not in reporters:
        return False
    if set(other_staff(person.id)) - set(owner_ids) - reporters:
        about = "It is yours" if person.id in owner_ids else "You reported it"
        raise Forbidden(f"{about}, so somebody else of the moderators decides.")
    return True


def refuse_own_decision(person: Person, decision: Decision) -> None:
    """Refuse who made a decision to answer the appeal against it; where nobody else can, say what to do."""
    if decision.decided_by != person.id:
        return
    if other_staff(person.id):
        raise Forbidden("You made this decision, so another moderator answers the appeal.")
    raise Forbidden(
        "You made this decision, and there is no other moderator. Make somebody a moderator who then answers the "
        "appeal, or undo your decision."
    )


def why_not(person: Person, case: Case, owner_ids: Collection[int], decision: Decision | None = None) -> str:
    """The sentence by which somebody would be refused to judge a case, or an appeal against a decision; "" for none."""
    try:
        refuse_partial(person, case, owner_ids, decision)
        if decision is not None:
            refuse_own_decision(person, decision)
    except Forbidden as refused:
        return refused.sentence
    return ""


def reporters_of(case: Case, decision: Decision | None) -> set[int]:
    """Who reported a thing and waits for an answer, or got this decision as theirs."""
    asked = sa.or_(Report.decision_id.is_(None), Report.decision_id == (decision.id if decision else None))
    people = sa.select(Report.reporter_id).where(Report.case_id == case.id, asked)
    return {one for one in session().scalars(people) if one is not None}


def other_staff(person_id: int) -> list[int]:
    """Those beside somebody who may moderate and are not kept out at this moment."""
    return [
        staff_id
        for staff_id in staff()
        if staff_id != person_id and ((until := person_with_id(staff_id).suspended_until) is None or until <= now())
    ]


def staff() -> list[int]:
    """The ids of all who may moderate."""
    roles = {"admin", *current_site().rights.get(RIGHT, ())}
    return sorted({person_id for role in roles for person_id in people_with_role(role, 0, MOST_STAFF)})


def owners_of(case: Case) -> set[int]:
    """Whose a thing was when somebody looked last."""
    return set(session().scalars(sa.select(CaseOwner.person_id).where(CaseOwner.case_id == case.id)))
