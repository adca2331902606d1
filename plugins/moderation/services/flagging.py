"""Flagging by hand: what staff sees and nobody reported is a case too."""

from dataclasses import dataclass

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.errors import Conflict
from plugins.moderation.models import Case
from plugins.moderation.services.cases import case_about, note_evidence
from plugins.moderation.services.deciding import settle
from plugins.moderation.services.effects import decisions_of, standing
from plugins.moderation.services.persons import Person
from plugins.moderation.services.subjects import seen_thing
from plugins.moderation.services.taking import refuse_taken_by_another
from plugins.moderation.services.undoing import undo
from plugins.moderation.services.words import LONGEST_REASON, checked_words


@dataclass(frozen=True)
class Flagged:
    """Whether a thing is hidden from listeners, and the case that tells why; None where it never had one."""

    id: int
    kind: str
    title: str
    flagged: bool
    case_id: int | None


def set_flag(person: Person, kind: str, subject_id: int, flagged: bool | None, reason: str) -> Flagged:
    """Hide a thing from listeners by a decision, or undo the one that hides it; None turns it to the other.

    What is so already stays as it is. Raises NotFound for what somebody may not know of, Conflict where its appeal
    waits or another moderator is at it, Forbidden for their own.
    """
    reason = checked_words(reason, "reason", LONGEST_REASON)
    _subject, evidence = seen_thing(person, kind, subject_id)
    with writing():
        case = known_case(kind, subject_id)
        is_flagged = case is not None and "hide" in case.in_force
        wanted = not is_flagged if flagged is None else flagged
        if wanted != is_flagged:
            case = case_about(kind, subject_id, now())
            note_evidence(case, evidence)
            change_flag(person, case, wanted, reason)
    return Flagged(subject_id, kind, evidence.title, wanted, case.id if case else None)


def known_case(kind: str, subject_id: int) -> Case | None:
    """The case of a thing, locked; None where it never had one."""
    query = sa.select(Case).where(Case.kind == kind, Case.subject_id == subject_id).with_for_update()
    return session().scalars(query.execution_options(populate_existing=True)).one_or_none()


def change_flag(person: Person, case: Case, wanted: bool, reason: str) -> None:
    """Flag a thing, or undo all that flags it, inside `writing()`; the case is locked."""
    refuse_taken_by_another(person, case)
    if not wanted:
        for decision in standing(decisions_of(case)):
            if decision.action == "flag":
                undo(person, decision.id, reason)
    elif case.state == "appealed":
        raise Conflict("An appeal waits here. Answer it first.")
    else:
        settle(person, case, "flag", reason, None)
