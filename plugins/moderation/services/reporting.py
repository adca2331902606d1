"""Reporting: what somebody says about a thing becomes a part of its one case."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from musicapp import audit, throttle
from musicapp.clock import now
from musicapp.database import UNSYNCED, session, writing
from musicapp.errors import Conflict, Invalid
from musicapp.evidence import Evidence
from plugins.moderation.models import Case, Report
from plugins.moderation.services.cases import case_about, note_evidence, open_again, title_in_log
from plugins.moderation.services.persons import Person
from plugins.moderation.services.subjects import seen_thing
from plugins.moderation.services.telling import tell_moderators_of_case
from plugins.moderation.services.visitors import reports_by, visitor_key
from plugins.moderation.services.weighing import weigh
from plugins.moderation.services.words import CATEGORIES, checked_second, checked_words

VISITOR_KEPT = timedelta(days=30)


def report(
    person: Person | None,
    kind: str,
    subject_id: int,
    category: str,
    words: str = "",
    *,
    visitor: str = "",
    at_s: float | None = None,
) -> Case:
    """Report a thing as somebody, or as a visitor from a network address; answers its case.

    Who has a report about it waiting already changes that one, so each counts once. Raises NotFound for what they may
    not know of, Conflict for what is theirs, Invalid by field, TooOften.
    """
    if category not in CATEGORIES:
        sentence = f"Choose what is wrong: {', '.join(CATEGORIES)}."
        raise Invalid(sentence, {"category": [sentence]})
    words, at_s = checked_words(words, "words", needed=category == "other"), checked_second(at_s)
    throttle.spend([reports_by(person, visitor)], "These are many reports in a short time.")
    _subject, evidence = seen_thing(person, kind, subject_id)
    if person is not None and person.id in evidence.owner_ids:
        raise Conflict("This is yours: change it or take it away yourself.")
    mark = None if person else visitor_key(visitor)
    at = now()
    with writing() as unit:
        case = case_about(kind, subject_id, at)
        note_evidence(case, evidence)
        said = waiting_report(case, person, mark)
        if said is None:
            said = Report(case_id=case.id, reporter_id=person.id if person else None, visitor=mark, made_at=at)
            unit.add(said)
            record_report(case, person, category)
        said.category, said.words, said.at_s, said.snapshot = category, words, at_s, evidence.as_snapshot()
        unit.flush()
        take_in(case, evidence, person, at)
    return case


def waiting_report(case: Case, person: Person | None, mark: str | None) -> Report | None:
    """What the same person or network said about this and waits for an answer; the case is locked."""
    theirs = Report.reporter_id == person.id if person else Report.visitor == mark
    query = sa.select(Report).where(Report.case_id == case.id, Report.decision_id.is_(None), theirs)
    return session().scalars(query).one_or_none()


def take_in(case: Case, evidence: Evidence | None, person: Person | None, at: datetime) -> None:
    """Count what waits, and let the case wait for a moderator, who are told where it did not before.

    `evidence` is None where the thing is gone, so that there is nothing to tell of.
    """
    counted = (
        sa.select(Report.category, sa.func.count().label("reports"))
        .where(Report.case_id == case.id, Report.decision_id.is_(None))
        .group_by(Report.category)
        .order_by(sa.desc("reports"), sa.func.max(Report.id).desc())
    )
    rows = session().execute(counted).all()
    case.category, case.reports_count = rows[0][0], sum(row[1] for row in rows)
    if open_again(case, at) and evidence is not None:
        tell_moderators_of_case(case, evidence, person.id if person else None)
    weigh(case)


def record_report(case: Case, person: Person | None, category: str) -> None:
    audit.record(
        "moderation.reported",
        about=("case", case.id),
        title=title_in_log(case),
        by=person.id if person else None,
        category=category,
    )


def forget_visitors(at: datetime) -> None:
    """Forget from which networks visitors reported a month ago; what they said stays."""
    old = sa.and_(Report.visitor.is_not(None), Report.made_at < at - VISITOR_KEPT)
    with writing() as unit:
        unit.execute(sa.update(Report).where(old).values(visitor=None), execution_options=UNSYNCED)
