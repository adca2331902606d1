"""Appeals: an owner asks for another look, once for each decision, and another moderator answers."""

from datetime import datetime, timedelta
from math import ceil

import sqlalchemy as sa

from musicapp import audit, emit
from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.errors import Conflict, NotFound
from plugins.moderation.events import AppealAnswered, DecisionAppealed
from plugins.moderation.models import Appeal, Case, Concerned, Decision
from plugins.moderation.services.appealed import NO_DECISION, locked_decision
from plugins.moderation.services.cases import name_of, title_in_log
from plugins.moderation.services.impartial import owners_of, refuse_answering
from plugins.moderation.services.persons import Person
from plugins.moderation.services.taking import refuse_taken_by_another
from plugins.moderation.services.telling import tell_appeal_answered, tell_moderators_of_appeal
from plugins.moderation.services.undoing import settle_after_appeal, take_back
from plugins.moderation.services.weighing import weigh
from plugins.moderation.services.words import APPEALABLE, LONGEST_REASON, checked_words
from plugins.moderation.settings import limits


def appeal(person_id: int, decision_id: int, words: str) -> Appeal:
    """Ask for another look at a decision about one's own; raises NotFound for another's, Conflict where it is too late.

    It takes an id, for who is suspended appeals without a log-in, by the link in the mail.
    """
    words = checked_words(words, "words")
    with writing() as unit:
        refuse_stranger(person_id, decision_id)
        (case, decision), at = locked_decision(decision_id), now()
        refusal = why_no_appeal(decision, appeal_of(decision_id), at)
        if refusal:
            raise Conflict(refusal)
        made = Appeal(decision_id=decision_id, made_by=person_id, words=words, made_at=at)
        unit.add(made)
        wait_for_answer(case, at)
        tell_moderators_of_appeal(case, decision)
        audit.record(
            "moderation.appealed",
            about=("case", case.id),
            title=title_in_log(case),
            by=person_id,
            decision=decision_id,
        )
        emit(DecisionAppealed(case.id, decision_id))
    return made


def last_answer_after_days() -> int:
    """How many days after a decision an appeal can still take it back: one to come, or one that waits, however long."""
    to_come, oldest = limits().appeal_days + ceil(limits().answer_hours / 24), oldest_appealed()
    return to_come if oldest is None else max(to_come, (now() - oldest).days + 1)


def oldest_appealed() -> datetime | None:
    """When the oldest of the decisions was made against which an appeal waits; None where none waits."""
    decided = sa.select(sa.func.min(Decision.decided_at)).join(Case, Case.id == Decision.case_id)
    waits = sa.and_(Case.state == "appealed", Appeal.answered_at.is_(None))
    return session().scalar(decided.join(Appeal, Appeal.decision_id == Decision.id).where(waits))


def refuse_stranger(person_id: int, decision_id: int) -> None:
    """Refuse whom a decision does not concern, as if it were not there."""
    theirs = sa.select(Concerned.decision_id).where(
        Concerned.decision_id == decision_id, Concerned.person_id == person_id
    )
    if session().scalar(theirs) is None:
        raise NotFound(NO_DECISION)


def appeal_of(decision_id: int) -> Appeal | None:
    """The appeal against a decision, answered or not."""
    return session().scalar(sa.select(Appeal).where(Appeal.decision_id == decision_id))


def why_no_appeal(decision: Decision, said: Appeal | None, at: datetime) -> str:
    """The sentence by which an appeal would be refused; "" where it may be made."""
    if decision.action not in APPEALABLE:
        return "Nothing was decided against you here."
    if decision.undone_at is not None:
        return "This decision was taken back already."
    if said is not None:
        return "There is an appeal against this decision already; there is one for each."
    if at > appeal_until(decision):
        return f"An appeal can be made within {limits().appeal_days} days."
    return ""


def appeal_until(decision: Decision) -> datetime:
    """Until when a decision can be appealed against."""
    return decision.decided_at + timedelta(days=limits().appeal_days)


def wait_for_answer(case: Case, at: datetime) -> None:
    """Let a case wait for another moderator."""
    if case.state != "appealed":
        case.state, case.waiting_since, case.closed_at = "appealed", case.waiting_since or at, None
        case.taken_by = case.taken_at = None
    case.version += 1
    weigh(case)


def answer_appeal(person: Person, decision_id: int, upheld: bool, reason: str) -> Appeal:
    """Answer an appeal: `upheld` says that the decision stands; otherwise it is undone.

    Raises Forbidden for who made the decision, or whose own it is about; Conflict when another was first.
    """
    reason = checked_words(reason, "reason", LONGEST_REASON)
    with writing():
        case, decision = locked_decision(decision_id)
        said = waiting_answer(decision_id)
        nobody_else = refuse_answering(person, case, owners_of(case), decision)
        refuse_taken_by_another(person, case)
        at = now()
        said.upheld, said.answer, said.answered_by, said.answered_at = upheld, reason, person.id, at
        if not upheld:
            take_back(person, case, decision, reason, at)
        settle_after_appeal(case, at)
        tell_appeal_answered(case, decision, said)
        details = {"decision": decision_id, "upheld": upheld, **({"nobody_else": True} if nobody_else else {})}
        audit.record(
            "moderation.answered",
            about=("case", case.id),
            title=title_in_log(case),
            reason=reason,
            by=person.id,
            **details,
        )
        emit(AppealAnswered(case.id, decision_id, upheld))
    return said


def waiting_answer(decision_id: int) -> Appeal:
    """The appeal that waits against a decision; raises Conflict where there is none, or another was first."""
    said = appeal_of(decision_id)
    if said is None:
        raise Conflict("Nobody appealed against this decision.")
    if said.answered_at is not None:
        raise Conflict(f"{name_of(said.answered_by)} was first: this appeal is answered.")
    return said
