"""One case with all that a moderator needs to judge it, in a few statements however long its history is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa

from musicapp.audit.models import Act
from musicapp.database import session
from musicapp.errors import NotFound
from musicapp.evidence import Evidence
from plugins.auth.services import names_of
from plugins.moderation.models import Appeal, Case, CaseOwner, Decision, Report
from plugins.moderation.services.cases import NOT_THERE
from plugins.moderation.services.effects import standing, verbs_of
from plugins.moderation.services.impartial import once_owners_of, why_not
from plugins.moderation.services.persons import Person
from plugins.moderation.services.queue import CaseRow, case_row, case_rows
from plugins.moderation.services.subjects import subjects
from plugins.moderation.services.words import ACTIONS, EFFECTS, Action, Category

MOST_REPORTS = 100
MOST_ACTS = 200
MOST_SIMILAR = 10


@dataclass(frozen=True)
class ReportRow:
    """What somebody reported; `reporter` is "" for a visitor and for who is gone. `waits` until it is decided."""

    id: int
    category: Category
    words: str
    at_s: float | None
    made_at: datetime
    reporter_id: int | None
    reporter: str
    snapshot: dict[str, Any]
    waits: bool


@dataclass(frozen=True)
class AppealRow:
    """An appeal and its answer; `upheld` says that the decision stands, None while it waits."""

    words: str
    made_at: datetime
    made_by: str
    upheld: bool | None
    answer: str
    answered_at: datetime | None
    answered_by: str


@dataclass(frozen=True)
class DecisionRow:
    """A decision; `stands` unless it was undone or a later one restored the thing. `until` ends a suspension."""

    id: int
    action: Action
    reason: str
    category: str
    decided_at: datetime
    decided_by_id: int | None
    decided_by: str
    until: datetime | None
    nobody_else: bool
    stands: bool
    undone_at: datetime | None
    undone_by: str
    undone_reason: str
    snapshot: dict[str, Any]
    appeal: AppealRow | None


@dataclass(frozen=True)
class LogRow:
    """One step of a case, from the audit log; `by` is "" where it was a visitor or the site itself."""

    at: datetime
    action: str
    by: str
    reason: str
    details: dict[str, Any]


@dataclass(frozen=True)
class CaseDetail:
    """A case. `evidence` is the thing now, None where it is gone; the newest reports, decisions and steps come last.

    `actions` are the decisions that can be made now. `why_not` is the sentence by which who looks would be refused to
    decide, or to answer the appeal that waits; "" where they may. `similar` are other cases of the same owners.
    """

    row: CaseRow
    evidence: Evidence | None
    owners: dict[int, str]
    reports: Sequence[ReportRow]
    decisions: Sequence[DecisionRow]
    log: Sequence[LogRow]
    similar: Sequence[CaseRow]
    actions: Sequence[Action]
    why_not: str

    @property
    def appealed(self) -> DecisionRow | None:
        """The decision whose appeal waits longest."""
        return next((one for one in self.decisions if one.appeal and one.appeal.answered_at is None), None)


def case_detail(person: Person, case_id: int) -> CaseDetail:
    """A case for a moderator, without those who reported it where it is or was their own; raises NotFound."""
    found = session().execute(case_rows().where(Case.id == case_id)).first()
    if found is None:
        raise NotFound(NOT_THERE)
    case: Case = found[0]
    subject = subjects().get(case.kind)
    evidence = subject.call(case.subject_id) if subject else None
    reports, decided, acts = reports_of(case), decided_of(case), acts_of(case)
    owner_ids = evidence.owner_ids if evidence else owner_ids_of(case)
    names = names_of(people_in(reports, decided, acts) | set(owner_ids))
    decisions = decision_rows(decided, names)
    is_own = person.id in {*owner_ids, *once_owners_of(case)}
    appealed = next((one for one, said in decided if said is not None and said.answered_at is None), None)
    return CaseDetail(
        row=case_row(found),
        evidence=evidence,
        owners={owner_id: names[owner_id] for owner_id in sorted(owner_ids) if owner_id in names},
        reports=[report_row(one, names, veiled=is_own) for one in reports],
        decisions=decisions,
        log=[log_row(act, names, veiled=is_own) for act in acts],
        similar=similar_to(case),
        actions=possible(case, evidence, bool(owner_ids)),
        why_not=why_not(person, case, owner_ids, appealed if case.state == "appealed" else None),
    )


def reports_of(case: Case) -> list[Report]:
    """The latest reports, the oldest of them first."""
    latest = sa.select(Report).where(Report.case_id == case.id).order_by(Report.id.desc()).limit(MOST_REPORTS)
    return list(session().scalars(latest))[::-1]


def decided_of(case: Case) -> list[tuple[Decision, Appeal | None]]:
    """All decisions with their appeals, the oldest first."""
    joined = sa.select(Decision, Appeal).outerjoin(Appeal, Appeal.decision_id == Decision.id)
    query = joined.where(Decision.case_id == case.id).order_by(Decision.id)
    return [(decision, said) for decision, said in session().execute(query)]


def acts_of(case: Case) -> list[Act]:
    """The latest steps in the audit log, the oldest of them first."""
    mine = sa.and_(Act.about_kind == "case", Act.about_id == case.id)
    return list(session().scalars(sa.select(Act).where(mine).order_by(Act.id.desc()).limit(MOST_ACTS)))[::-1]


def owner_ids_of(case: Case) -> frozenset[int]:
    return frozenset(session().scalars(sa.select(CaseOwner.person_id).where(CaseOwner.case_id == case.id)))


def people_in(reports: list[Report], decided: list[tuple[Decision, Appeal | None]], acts: list[Act]) -> set[int]:
    """The ids of all who had a part in a case."""
    ids: set[int | None] = {report.reporter_id for report in reports} | {act.by_id for act in acts}
    for decision, said in decided:
        ids |= {decision.decided_by, decision.undone_by}
        ids |= {said.made_by, said.answered_by} if said else set()
    return {one for one in ids if one is not None}


def log_row(act: Act, names: dict[int, str], *, veiled: bool) -> LogRow:
    """A step of a case; `veiled` leaves out who reported, for who moderates what is theirs."""
    by_id = None if veiled and act.action == "moderation.reported" else act.by_id
    return LogRow(act.at, act.action, names.get(by_id or 0, ""), act.reason, act.details)


def report_row(report: Report, names: dict[int, str], *, veiled: bool) -> ReportRow:
    reporter_id = None if veiled else report.reporter_id
    return ReportRow(
        id=report.id,
        category=cast(Category, report.category),
        words=report.words,
        at_s=report.at_s,
        made_at=report.made_at,
        reporter_id=reporter_id,
        reporter=names.get(reporter_id or 0, ""),
        snapshot=report.snapshot,
        waits=report.decision_id is None,
    )


def decision_rows(decided: list[tuple[Decision, Appeal | None]], names: dict[int, str]) -> list[DecisionRow]:
    """Decisions as a moderator sees them."""
    stands = {one.id for one in standing([decision for decision, _ in decided])}
    name: dict[int | None, str] = defaultdict(str, names.items())
    return [
        DecisionRow(
            id=decision.id,
            action=cast(Action, decision.action),
            reason=decision.reason,
            category=decision.category,
            decided_at=decision.decided_at,
            decided_by_id=decision.decided_by,
            decided_by=name[decision.decided_by],
            until=decision.until,
            nobody_else=decision.nobody_else,
            stands=decision.id in stands,
            undone_at=decision.undone_at,
            undone_by=name[decision.undone_by],
            undone_reason=decision.undone_reason,
            snapshot=decision.snapshot,
            appeal=appeal_row(said, name) if said else None,
        )
        for decision, said in decided
    ]


def appeal_row(said: Appeal, name: dict[int | None, str]) -> AppealRow:
    return AppealRow(
        words=said.words,
        made_at=said.made_at,
        made_by=name[said.made_by],
        upheld=said.upheld,
        answer=said.answer,
        answered_at=said.answered_at,
        answered_by=name[said.answered_by],
    )


def similar_to(case: Case) -> list[CaseRow]:
    """Other cases of the same owners, the newest first: their history."""
    theirs = sa.select(CaseOwner.person_id).where(CaseOwner.case_id == case.id)
    others = sa.select(CaseOwner.case_id).where(CaseOwner.person_id.in_(theirs), CaseOwner.case_id != case.id)
    query = case_rows().where(Case.id.in_(others)).order_by(Case.opened_at.desc(), Case.id.desc()).limit(MOST_SIMILAR)
    return [case_row(row) for row in session().execute(query)]


def possible(case: Case, evidence: Evidence | None, has_owners: bool) -> list[Action]:
    """What can be decided about a thing as it is."""
    subject = subjects().get(case.kind)
    verbs = verbs_of(subject) if subject and evidence else {}

    def can(action: Action) -> bool:
        effect = EFFECTS.get(action)
        if action == "restore":
            return bool(case.in_force)
        if effect == "suspend":
            return has_owners
        if effect is None:
            return True
        if effect in case.in_force or (effect == "label" and evidence is not None and evidence.labelled):
            return False
        return None not in verbs.get(effect, (None, None))

    return [action for action in ACTIONS if can(action)]
