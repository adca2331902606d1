"""Who may judge: nobody their own thing or their own report, nor an appeal against what they decided."""

from collections.abc import Collection

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.errors import Forbidden
from musicapp.plugins.site import current_site
from plugins.auth.services import people_with_role, person_with_id
from plugins.moderation.models import Appeal, Case, CaseOwner, Concerned, Decision, Report
from plugins.moderation.services.persons import Person

RIGHT = "moderation.moderate"
MOST_STAFF = 1_000


def refuse_partial(person: Person, case: Case, owner_ids: Collection[int], decision: Decision | None = None) -> bool:
    """Refuse who owns or reported a thing, as long as somebody else can judge it; answers whether nobody else can.

    Who owned it when it was decided about counts as an owner. Reports that wait count, and those that were answered by
    the `decision` that is judged again.
    """
    owners_now, owner_ids = owner_ids, {*owner_ids, *once_owners_of(case)}
    if person.id not in {*owner_ids, *reporters_of(case, decision)}:
        return False
    if impartial_staff(case, owner_ids, decision):
        owned = "It is yours" if person.id in owners_now else "It was yours"
        about = owned if person.id in owner_ids else "You reported it"
        raise Forbidden(f"{about}, so somebody else of the moderators decides.")
    return True


def refuse_answering(person: Person, case: Case, owner_ids: Collection[int], decision: Decision) -> bool:
    """Refuse to answer an appeal who made the decision or owns the thing, and who reported it as long as others can.

    Answers whether who reported it answers because nobody else can. Where nobody can at all, it says what to do.
    """
    owned = "It is yours" if person.id in owner_ids else "It was yours"
    owned = "It is yours" if person.id in owner_ids else "It was yours"
    owner_ids = {*owner_ids, *once_owners_of(case)}
    able = impartial_staff(case, owner_ids, decision) - {decision.decided_by}
    made, owns = decision.decided_by == person.id, person.id in owner_ids
    reported = person.id in reporters_of(case, decision)
    if not (made or owns or reported):
        return False
    if reported and not (made or owns or able):
        return True
    about = "You made this decision" if made else owned if owns else "You reported it"
    if able:
        raise Forbidden(f"{about}, so another moderator answers the appeal.")
    way_out = ", or undo your decision" if made else ""
    raise Forbidden(f"{about}, and nobody else can answer the appeal. Make somebody a moderator who does{way_out}.")


def why_not(person: Person, case: Case, owner_ids: Collection[int], appealed: Decision | None = None) -> str:
    """The sentence by which somebody would be refused to judge a case, or an appeal against a decision; "" for none."""
    try:
        if appealed is None:
            refuse_partial(person, case, owner_ids)
        else:
            refuse_answering(person, case, owner_ids, appealed)
    except Forbidden as refused:
        return refused.sentence
    return ""


def impartial_staff(case: Case, owner_ids: Collection[int], decision: Decision | None) -> set[int]:
    """Who may moderate at this moment and neither owns nor reported a thing."""
    involved = {*owner_ids, *reporters_of(case, decision)}
    able = [person_with_id(staff_id) for staff_id in staff() if staff_id not in involved]
    return {user.id for user in able if user.suspended_until is None or user.suspended_until <= now()}


def reporters_of(case: Case, decision: Decision | None) -> set[int]:
    """Who reported a thing and waits for an answer, or got this decision as theirs."""
    asked = sa.or_(Report.decision_id.is_(None), Report.decision_id == (decision.id if decision else None))
    people = sa.select(Report.reporter_id).where(Report.case_id == case.id, asked)
    return {one for one in session().scalars(people) if one is not None}


def staff() -> list[int]:
    """The ids of all who may moderate."""
    roles = {"admin", *current_site().rights.get(RIGHT, ())}
    return sorted({person_id for role in roles for person_id in people_with_role(role, 0, MOST_STAFF)})


def owners_of(case: Case) -> set[int]:
    """Whose a thing was when somebody looked last."""
    return set(session().scalars(sa.select(CaseOwner.person_id).where(CaseOwner.case_id == case.id)))


def once_owners_of(case: Case) -> set[int]:
    """Whom any decision about a thing concerned, and who appealed: it was theirs, also if they have left it since."""
    concerned = sa.select(Concerned.person_id).join(Decision, Decision.id == Concerned.decision_id)
    appealed = sa.select(Appeal.made_by).join(Decision, Decision.id == Appeal.decision_id)
    both = sa.union(*(query.where(Decision.case_id == case.id) for query in (concerned, appealed)))
    return {one for (one,) in session().execute(both) if one is not None}
