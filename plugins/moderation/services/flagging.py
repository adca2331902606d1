"""Flagging by hand: what staff sees and nobody reported is a case too."""

from musicapp.clock import now
from musicapp.database import writing
from musicapp.errors import Conflict
from plugins.auth.services import Person
from plugins.moderation.models import Case
from plugins.moderation.services.cases import case_about, note_evidence
from plugins.moderation.services.deciding import settle
from plugins.moderation.services.effects import decisions_of, standing
from plugins.moderation.services.subjects import seen_thing
from plugins.moderation.services.taking import refuse_taken_by_another
from plugins.moderation.services.undoing import undo
from plugins.moderation.services.words import LONGEST_REASON, checked_words


def set_flag(person: Person, kind: str, subject_id: int, flagged: bool | None, reason: str) -> Case:
    """Hide a thing from listeners by a decision, or undo the one that hides it; None turns it to the other.

    What is so already stays as it is. Raises NotFound for what somebody may not know of, Conflict where its appeal
    waits or a moderator is at it, Forbidden for their own.
    """
    reason = checked_words(reason, "reason", LONGEST_REASON)
    _subject, evidence = seen_thing(person, kind, subject_id)
    with writing():
        case = case_about(kind, subject_id, now())
        note_evidence(case, evidence)
        is_flagged = "hide" in case.in_force
        if flagged is None:
            flagged = not is_flagged
        if flagged == is_flagged:
            return case
        if flagged and case.state == "appealed":
            raise Conflict("An appeal waits here. Answer it first.")
        refuse_taken_by_another(person, case)
        if flagged:
            settle(person, case, "flag", reason, None)
        else:
            for decision in standing(decisions_of(case)):
                if decision.action == "flag":
                    undo(person, decision.id, reason)
    return case
