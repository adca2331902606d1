"""Taking a case, so that others leave it alone, and giving it back."""

from datetime import timedelta

from musicapp import audit
from musicapp.clock import now
from musicapp.database import writing
from musicapp.errors import Conflict
from plugins.moderation.models import Case
from plugins.moderation.services.appealed import appealed_decision
from plugins.moderation.services.cases import locked_case, name_of, title_in_log
from plugins.moderation.services.impartial import owners_of, refuse_answering, refuse_partial
from plugins.moderation.services.persons import Person
from plugins.moderation.settings import limits


def take(person: Person, case_id: int) -> Case:
    """Let somebody work on a case or on an appeal; raises Conflict when another did so first, within a day."""
    with writing():
        case = locked_case(case_id)
        if case.state not in ("open", "taken", "appealed"):
            raise Conflict("Nobody waits for a decision here. Undo the one there is, or decide anew.")
        if case.taken_by == person.id:
            return case
        refuse_taken_by_another(person, case)
        if case.state == "appealed":
            refuse_answering(person, case, owners_of(case), appealed_decision(case))
        else:
            refuse_partial(person, case, owners_of(case))
            case.state = "taken"
        case.taken_by, case.taken_at = person.id, now()
        case.version += 1
        audit.record("moderation.taken", about=("case", case.id), title=title_in_log(case), by=person.id)
    return case


def give_back(person: Person, case_id: int) -> Case:
    """Leave a case that somebody took to the others; raises Conflict when it is not theirs."""
    with writing():
        case = locked_case(case_id)
        if case.taken_by != person.id:
            raise Conflict("You have not taken this case." if not case.taken_by else taken_by(case))
        case.state = "open" if case.state == "taken" else case.state
        case.taken_by = case.taken_at = None
        case.version += 1
        audit.record("moderation.given_back", about=("case", case.id), title=title_in_log(case), by=person.id)
    return case


def refuse_taken_by_another(person: Person, case: Case) -> None:
    """Refuse what somebody else is at, unless they have been for so long that it may be taken over."""
    if case.taken_by in (None, person.id) or case.taken_at is None:
        return
    if case.taken_at > now() - timedelta(hours=limits().taken_hours):
        raise Conflict(taken_by(case))


def taken_by(case: Case) -> str:
    return f"{name_of(case.taken_by)} was first: they have taken this case."
