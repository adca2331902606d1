"""Taking a decision back: what it did is undone, and those whom it concerned are told."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from musicapp import audit, emit
from musicapp.clock import now
from musicapp.database import UNSYNCED, session, writing
from musicapp.errors import Conflict
from plugins.moderation.events import DecisionUndone
from plugins.moderation.models import Appeal, Case, Decision, Report
from plugins.moderation.services.appealed import locked_decision
from plugins.moderation.services.cases import name_of, rest, title_in_log
from plugins.moderation.services.effects import bring_about
from plugins.moderation.services.impartial import owners_of, refuse_partial
from plugins.moderation.services.persons import Person
from plugins.moderation.services.reporting import take_in
from plugins.moderation.services.subjects import evidence_of
from plugins.moderation.services.telling import tell_reporters_of_undoing, tell_undone
from plugins.moderation.services.words import ASKED_AGAIN, LONGEST_REASON, checked_words


def undo(person: Person, decision_id: int, reason: str) -> Decision:
    """Take a decision back, whoever made it; an appeal against it is answered by that.

    Raises Conflict when it was undone already, Forbidden when it is about who asks' own.
    """
    reason = checked_words(reason, "reason", LONGEST_REASON)
    with writing():
        case, decision = locked_decision(decision_id)
        if decision.undone_at is not None:
            raise Conflict(f"{name_of(decision.undone_by)} was first: this decision is undone already.")
        nobody_else = refuse_partial(person, case, owners_of(case), decision)
        at = now()
        take_back(person, case, decision, reason, at)
        close_appeal(person, case, decision, reason, at)
        tell_undone(case, decision)
        record_undoing(person, case, decision, nobody_else)
    return decision


def take_back(person: Person, case: Case, decision: Decision, reason: str, at: datetime) -> None:
    """Let a decision no longer stand, inside `writing()`; the case is locked."""
    decision.undone_by, decision.undone_at, decision.undone_reason = person.id, at, reason
    session().flush()
    bring_about(case, decision)
    case.version += 1
    answered = sa.select(Report.reporter_id).where(Report.decision_id == decision.id, Report.reporter_id.is_not(None))
    tell_reporters_of_undoing(case, decision, {one for one in session().scalars(answered) if one is not None})
    if decision.action in ASKED_AGAIN:
        ask_again(person, case, decision, at)
    emit(DecisionUndone(case.id, decision.id, case.kind, case.subject_id))


def ask_again(person: Person, case: Case, decision: Decision, at: datetime) -> None:
    """Let the reports that an undone decision answered wait again, and their case for whoever decides anew.

    One whose reporter has said something newer about the thing, which waits, stays with the decision.
    """
    newer = aliased(Report)
    same = sa.or_(newer.reporter_id == Report.reporter_id, newer.visitor == Report.visitor)
    waits = sa.select(newer.id).where(newer.case_id == case.id, newer.decision_id.is_(None), same)
    answered = sa.update(Report).where(Report.decision_id == decision.id, ~waits.correlate(Report).exists())
    back = answered.values(decision_id=None).returning(Report.id)
    if session().scalars(back, execution_options=UNSYNCED).all():
        take_in(case, evidence_of(case.kind, case.subject_id), person, at)


def close_appeal(person: Person, case: Case, decision: Decision, reason: str, at: datetime) -> None:
    """Answer the appeal that waits against an undone decision: there is nothing left to look at."""
    waits = sa.select(Appeal).where(Appeal.decision_id == decision.id, Appeal.answered_at.is_(None))
    appeal = session().scalars(waits).one_or_none()
    if appeal is not None:
        appeal.upheld, appeal.answer, appeal.answered_by, appeal.answered_at = False, reason, person.id, at
        settle_after_appeal(case, at)
    elif case.state == "decided":
        rest(case, "closed", at)


def settle_after_appeal(case: Case, at: datetime) -> None:
    """Let a case whose appeal is answered rest, unless another appeal or new reports wait."""
    another = sa.select(Appeal.made_at).join(Decision, Decision.id == Appeal.decision_id)
    waits = another.where(Decision.case_id == case.id, Appeal.answered_at.is_(None)).order_by(Appeal.id).limit(1)
    first_appeal = session().scalar(waits)
    unanswered = sa.select(sa.func.min(Report.made_at)).where(Report.case_id == case.id, Report.decision_id.is_(None))
    first_report = session().scalar(unanswered)
    rest(case, "closed", at)
    if first_appeal is not None or first_report is not None:
        case.state = "appealed" if first_appeal is not None else "open"
        case.waiting_since, case.closed_at = first_appeal or first_report, None


def record_undoing(person: Person, case: Case, decision: Decision, nobody_else: bool) -> None:
    audit.record(
        "moderation.undone",
        about=("case", case.id),
        title=title_in_log(case),
        reason=decision.undone_reason,
        by=person.id,
        decision=decision.id,
        **({"nobody_else": True} if nobody_else else {}),
    )
