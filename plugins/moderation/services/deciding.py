"""Deciding: what is done about a thing, why, and by whom; in one transaction with what it does."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from musicapp import audit, emit
from musicapp.clock import now
from musicapp.database import UNSYNCED, session, writing
from musicapp.errors import Conflict, Forbidden, Refused
from musicapp.evidence import Evidence
from plugins.auth.services import person_with_id
from plugins.moderation.events import CaseDecided
from plugins.moderation.models import Case, Concerned, Decision, Report
from plugins.moderation.services.cases import (
    locked_case,
    name_of,
    note_evidence,
    refuse_other_version,
    rest,
    title_in_log,
)
from plugins.moderation.services.effects import bring_about, cannot, verbs_of
from plugins.moderation.services.impartial import owners_of, refuse_partial
from plugins.moderation.services.persons import Person
from plugins.moderation.services.subjects import GONE, evidence_of, subject_of
from plugins.moderation.services.taking import refuse_taken_by_another
from plugins.moderation.services.telling import tell_owners, tell_reporters
from plugins.moderation.services.words import (
    ACTIONS,
    APPEALABLE,
    EFFECTS,
    LONGEST_REASON,
    LONGEST_SUSPENSION_DAYS,
    Action,
    checked_words,
    refuse,
)


@dataclass(frozen=True)
class Outcome:
    """What became of one of several cases: `problem` is the sentence by which it was refused, or ""."""

    case_id: int
    problem: str = ""


def decide(
    person: Person, case_id: int, action: Action, reason: str, *, days: int | None = None, version: int | None = None
) -> Decision:
    """Decide about a thing, and do it: its owners and who reported it are told. `days` are those of a suspension.

    Raises Conflict when somebody else was first (`version` is the one that who decides has seen), or when the thing
    cannot be so; Forbidden when it is theirs or they reported it; Invalid by field.
    """
    reason, days = checked_decision(action, reason, days)
    with writing():
        case = locked_case(case_id)
        refuse_settled(person, case, version)
        return settle(person, case, action, reason, days)


def decide_many(person: Person, case_ids: Collection[int], action: Action, reason: str) -> list[Outcome]:
    """Decide several cases alike, each by itself: one that is refused leaves the others alone."""
    reason, _days = checked_decision(action, reason, None)
    outcomes = []
    for case_id in dict.fromkeys(case_ids):
        try:
            decide(person, case_id, action, reason)
            outcomes.append(Outcome(case_id))
        except Refused as refused:
            outcomes.append(Outcome(case_id, refused.sentence))
    return outcomes


def checked_decision(action: Action, reason: str, days: int | None) -> tuple[str, int | None]:
    """A reason, and days where somebody is suspended; raises Invalid by field."""
    if action not in ACTIONS:
        refuse("action", f"Choose one of {', '.join(ACTIONS)}.")
    if action == "suspend" and not 1 <= (days or 0) <= LONGEST_SUSPENSION_DAYS:
        refuse("days", f"Say for how many days: 1 to {LONGEST_SUSPENSION_DAYS}.")
    return checked_words(reason, "reason", LONGEST_REASON), days if action == "suspend" else None


def refuse_settled(person: Person, case: Case, version: int | None) -> None:
    """Refuse a case that somebody else decided meanwhile, or is at, or whose appeal waits."""
    if case.state == "appealed":
        raise Conflict("An appeal waits here. Answer it first.")
    if case.state in ("decided", "closed"):
        latest = latest_decision(case)
        raise Conflict(f"{name_of(latest.decided_by if latest else None)} was first: this case is decided.")
    refuse_other_version(case, version)
    refuse_taken_by_another(person, case)


def latest_decision(case: Case) -> Decision | None:
    query = sa.select(Decision).where(Decision.case_id == case.id).order_by(Decision.id.desc()).limit(1)
    return session().scalars(query).first()


def settle(person: Person, case: Case, action: Action, reason: str, days: int | None) -> Decision:
    """Decide a locked case, inside `writing()`."""
    at, evidence = now(), evidence_of(case.kind, case.subject_id)
    owner_ids = evidence.owner_ids if evidence else owners_of(case)
    nobody_else = refuse_partial(person, case, owner_ids)
    refuse_impossible(person, case, action, evidence, owner_ids)
    if evidence is not None:
        note_evidence(case, evidence)
    decision = Decision(
        case_id=case.id,
        action=action,
        reason=reason,
        category=case.category,
        snapshot=case.shown,
        until=at + timedelta(days=days) if days else None,
        nobody_else=nobody_else,
        decided_by=person.id,
        decided_at=at,
    )
    session().add(decision)
    session().flush()
    session().add_all(Concerned(decision_id=decision.id, person_id=owner_id) for owner_id in sorted(owner_ids))
    session().flush()
    bring_about(case, decision)
    answer_reports(case, decision, at)
    record_decision(person, case, decision, days)
    tell_owners(case, decision)
    emit(CaseDecided(case.id, decision.id, case.kind, case.subject_id, action))
    return decision


def answer_reports(case: Case, decision: Decision, at: datetime) -> None:
    """Let all reports that wait be answered by a decision, and tell who made them; the case rests."""
    waiting = sa.and_(Report.case_id == case.id, Report.decision_id.is_(None))
    answered = sa.update(Report).where(waiting).values(decision_id=decision.id).returning(Report.reporter_id)
    reporter_ids = session().scalars(answered, execution_options=UNSYNCED).all()
    tell_reporters(case, decision, {one for one in reporter_ids if one is not None})
    case.reports_count = 0
    rest(case, "decided" if decision.action in APPEALABLE else "closed", at)


def refuse_impossible(
    person: Person, case: Case, action: Action, evidence: Evidence | None, owner_ids: Collection[int]
) -> None:
    """Refuse what cannot be done to this thing, or is so already; raises Conflict or Forbidden with a sentence."""
    effect = EFFECTS.get(action)
    if action == "restore" and not case.in_force:
        raise Conflict("Nothing was done to it that could be taken back.")
    if effect is None or effect == "suspend":
        if effect == "suspend":
            refuse_suspending(person, case, owner_ids)
        return
    if evidence is None:
        raise Conflict(f"{GONE} There is nothing left to {action}; dismiss the case, or suspend whose it was.")
    if None in verbs_of(subject_of(case.kind))[effect]:
        raise Conflict(cannot(case.kind, effect))
    if effect in case.in_force or (effect == "label" and evidence.labelled):
        raise Conflict("That is so already. Dismiss the reports, or choose another decision.")


def refuse_suspending(person: Person, case: Case, owner_ids: Collection[int]) -> None:
    """Refuse to suspend nobody, oneself, or an admin where who decides is none."""
    if not owner_ids:
        raise Conflict(cannot(case.kind, "suspend"))
    if person.id in owner_ids:
        raise Conflict("You cannot suspend yourself.")
    if "admin" not in person.role_names and any("admin" in person_with_id(one).role_names for one in owner_ids):
        raise Forbidden("Only an admin can suspend an admin.")


def record_decision(person: Person, case: Case, decision: Decision, days: int | None) -> None:
    details = {"decision": decision.id, "decided": decision.action, "kind": case.kind, "subject_id": case.subject_id}
    audit.record(
        "moderation.decided",
        about=("case", case.id),
        title=title_in_log(case),
        reason=decision.reason,
        by=person.id,
        **details,
        **({"days": days} if days else {}),
        **({"nobody_else": True} if decision.nobody_else else {}),
    )
