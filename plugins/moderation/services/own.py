"""What people see of moderation themselves: what became of their reports, and what was decided about what is theirs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.errors import NotFound
from musicapp.paging import Order, Page, page_of
from plugins.moderation.models import Appeal, Case, Concerned, Decision, Report
from plugins.moderation.services.appealed import NO_DECISION
from plugins.moderation.services.appealing import appeal_until, why_no_appeal
from plugins.moderation.services.persons import Person
from plugins.moderation.services.subjects import word_for
from plugins.moderation.services.telling import said_of
from plugins.moderation.services.words import Action, Category, to_reporter

MY_REPORTS = Order("my reports", Report.id, Report.id, descending=True)
DECISIONS = Order("decisions", Decision.id, Decision.id, descending=True)


@dataclass(frozen=True)
class MyReport:
    """A report as who made it sees it. `outcome` is a sentence, "" while it waits; the title is as it was then."""

    id: int
    case_id: int
    kind: str
    word: str
    subject_id: int
    title: str
    picture_url: str
    category: Category
    words: str
    at_s: float | None
    made_at: datetime
    outcome: str
    answered_at: datetime | None


@dataclass(frozen=True)
class MyAppeal:
    """What an owner said against a decision, and the answer; `upheld` says that the decision stands.

    `is_own` says that who looks made it: a decision may concern several people, and one of them appeals.
    """

    words: str
    made_at: datetime
    upheld: bool | None
    answer: str
    answered_at: datetime | None
    is_own: bool


@dataclass(frozen=True)
class MyDecision:
    """A decision as those whom it concerns see it: never who reported the thing, nor who decided.

    `said` is the sentence that tells it, `reason` why. `why_no_appeal` is "" where they may appeal, `appeal_until`.
    """

    id: int
    case_id: int
    kind: str
    word: str
    subject_id: int
    title: str
    picture_url: str
    action: Action
    said: str
    reason: str
    decided_at: datetime
    until: datetime | None
    undone_at: datetime | None
    undone_reason: str
    appeal_until: datetime
    why_no_appeal: str
    appeal: MyAppeal | None


def my_reports(person: Person, *, limit: int = 50, cursor: str | None = None) -> Page[MyReport]:
    """What somebody reported and what became of it, the newest first, in one statement."""
    return page_of(made_by(person.id), MY_REPORTS, my_report, limit=limit, cursor=cursor)


def my_reports_about(person: Person, case_id: int) -> list[MyReport]:
    """What somebody reported about the thing of one case; none where they did not."""
    query = made_by(person.id).where(Report.case_id == case_id).order_by(Report.id.desc())
    return [my_report(row) for row in session().execute(query)]


def made_by(person_id: int) -> sa.Select[Any]:
    """The reports of somebody with what was decided upon them."""
    query = sa.select(Report, Case, Decision)
    joined = query.join(Case, Case.id == Report.case_id).outerjoin(Decision, Decision.id == Report.decision_id)
    return cast("sa.Select[Any]", joined.where(Report.reporter_id == person_id))


def my_report(row: Any) -> MyReport:
    report, case, decision = cast(tuple[Report, Case, Decision | None], tuple(row)[:3])
    return MyReport(
        id=report.id,
        case_id=case.id,
        kind=case.kind,
        word=word_for(case.kind),
        subject_id=case.subject_id,
        title=report.snapshot.get("title", ""),
        picture_url=report.snapshot.get("picture_url", ""),
        category=cast(Category, report.category),
        words=report.words,
        at_s=report.at_s,
        made_at=report.made_at,
        outcome=to_reporter(cast(Action, decision.action), decision.undone_at) if decision else "",
        answered_at=decision.decided_at if decision else None,
    )


def decisions_about(person: Person, *, limit: int = 50, cursor: str | None = None) -> Page[MyDecision]:
    """What was decided about what is somebody's, the newest first, in one statement."""
    return page_of(theirs(person.id), DECISIONS, my_decision, limit=limit, cursor=cursor)


def decision_about(person_id: int, decision_id: int) -> MyDecision:
    """One decision as somebody whom it concerns sees it; raises NotFound for others.

    It takes an id, for who is suspended sees it by the link in the mail.
    """
    row = session().execute(theirs(person_id).where(Decision.id == decision_id)).first()
    if row is None:
        raise NotFound(NO_DECISION)
    return my_decision(row)


def decisions_in(person: Person, case_id: int) -> list[MyDecision]:
    """What was decided about one thing of somebody's; none where it does not concern them."""
    query = theirs(person.id).where(Decision.case_id == case_id).order_by(Decision.id.desc())
    return [my_decision(row) for row in session().execute(query)]


def suspensions_of(person_id: int) -> list[MyDecision]:
    """The decisions by which somebody is kept out now, the newest first."""
    suspended = theirs(person_id).where(
        Decision.action == "suspend", Decision.undone_at.is_(None), Decision.until > now()
    )
    rows = session().execute(suspended.order_by(Decision.id.desc()))
    return [my_decision(row) for row in rows if "suspend" in row[1].in_force]


def theirs(person_id: int) -> sa.Select[Any]:
    """The decisions that concern somebody."""
    query = sa.select(Decision, Case, Appeal, Concerned.person_id).join(Concerned, Concerned.decision_id == Decision.id)
    joined = query.join(Case, Case.id == Decision.case_id).outerjoin(Appeal, Appeal.decision_id == Decision.id)
    return cast("sa.Select[Any]", joined.where(Concerned.person_id == person_id))


def my_decision(row: Any) -> MyDecision:
    decision, case, said, person_id = cast(tuple[Decision, Case, Appeal | None, int], tuple(row)[:4])
    return MyDecision(
        id=decision.id,
        case_id=case.id,
        kind=case.kind,
        word=word_for(case.kind),
        subject_id=case.subject_id,
        title=decision.snapshot.get("title", case.title),
        picture_url=decision.snapshot.get("picture_url", ""),
        action=cast(Action, decision.action),
        said=said_of(case, decision),
        reason=decision.reason,
        decided_at=decision.decided_at,
        until=decision.until,
        undone_at=decision.undone_at,
        undone_reason=decision.undone_reason,
        appeal_until=appeal_until(decision),
        why_no_appeal=why_no_appeal(decision, said, now()),
        appeal=my_appeal(said, person_id) if said else None,
    )


def my_appeal(said: Appeal, person_id: int) -> MyAppeal:
    return MyAppeal(said.words, said.made_at, said.upheld, said.answer, said.answered_at, said.made_by == person_id)
