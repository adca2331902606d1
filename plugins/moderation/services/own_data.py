"""What moderation holds of one person: handed out to them as files, and erased when they leave for good."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from musicapp.belongings import Named, rows_as_files
from musicapp.database import Session, writing
from plugins.moderation.models import Appeal, Case, CaseOwner, Concerned, Decision, Report
from plugins.moderation.services.cases import TITLED_IN_OWN_WORDS

GONE = "Erased"
UNSYNCED = {"synchronize_session": False}
Rows = sa.Select[*tuple[Any, ...]]


def own_data(person_id: int) -> Iterator[Named]:
    """What somebody reported, what was decided about their things, and their appeals."""
    yield from rows_as_files("moderation/my-reports", reports(person_id))
    yield from rows_as_files("moderation/decisions-about-me", decisions(person_id))
    appeals = sa.select(Appeal.decision_id, Appeal.words, Appeal.made_at, Appeal.upheld, Appeal.answer)
    yield from rows_as_files("moderation/my-appeals", appeals.where(Appeal.made_by == person_id).order_by(Appeal.id))


def reports(person_id: int) -> Rows:
    columns = (Case.kind, Case.subject_id, Report.category, Report.words, Report.at_s, Report.made_at)
    made = sa.select(*columns).join(Report, Report.case_id == Case.id)
    return made.where(Report.reporter_id == person_id).order_by(Report.id)


def decisions(person_id: int) -> Rows:
    """What somebody was told: who decided is no part of it."""
    columns = (Decision.id, Case.kind, Case.subject_id, Case.title, Decision.action, Decision.reason, Decision.until)
    told = sa.select(*columns, Decision.decided_at, Decision.undone_at).join(Case, Case.id == Decision.case_id)
    about = told.join(Concerned, Concerned.decision_id == Decision.id)
    return about.where(Concerned.person_id == person_id).order_by(Decision.id)


def erase(person_id: int) -> None:
    """Take somebody off every case: what they wrote goes, what was decided stays without them, and what they had taken
    goes back to the queue."""
    with writing() as unit:
        for case in unit.scalars(their_cases(person_id).with_for_update()).all():
            forget_owner(unit, case)
        back = sa.update(Case).where(Case.taken_by == person_id)
        opened = sa.case((Case.state == "taken", sa.literal("open")), else_=Case.state)
        unit.execute(back.values(state=opened, taken_by=None, taken_at=None), execution_options=UNSYNCED)
        reported = sa.update(Report).where(Report.reporter_id == person_id)
        unit.execute(reported.values(reporter_id=None, words=""), execution_options=UNSYNCED)
        appealed = sa.update(Appeal).where(Appeal.made_by == person_id)
        unit.execute(appealed.values(made_by=None, words=""), execution_options=UNSYNCED)
        for table in (CaseOwner, Concerned):
            unit.execute(sa.delete(table).where(table.person_id == person_id), execution_options=UNSYNCED)


def their_cases(person_id: int) -> sa.Select[Case]:
    """The cases about what is somebody's alone, and about themselves."""
    alone = sa.select(CaseOwner.case_id).group_by(CaseOwner.case_id).having(sa.func.count() == 1)
    owned = sa.select(CaseOwner.case_id).where(CaseOwner.person_id == person_id, CaseOwner.case_id.in_(alone))
    themselves = sa.and_(Case.kind == "user", Case.subject_id == person_id)
    return sa.select(Case).where(sa.or_(Case.id.in_(owned), themselves)).order_by(Case.id)


def forget_owner(unit: Session, case: Case) -> None:
    """Let a case, its reports and its decisions say no more whose thing it is about, nor what stood in it."""
    personal = case.kind in TITLED_IN_OWN_WORDS
    case.shown = without_person(case.shown, personal)
    case.title = GONE if personal else case.title
    case.version += 1
    reports = unit.scalars(sa.select(Report).where(Report.case_id == case.id)).all()
    decisions = unit.scalars(sa.select(Decision).where(Decision.case_id == case.id)).all()
    rows: list[Report | Decision] = [*reports, *decisions]
    for row in rows:
        row.snapshot = without_person(row.snapshot, personal)


def without_person(snapshot: dict[str, Any], personal: bool) -> dict[str, Any]:
    """How a thing looked, without whose it is; of what is a person's own words nothing is left but what it was."""
    if not snapshot:
        return {}
    kept = {**snapshot, "by": "", "by_url": "", "picture_url": "", "words": "", "facts": {}}
    return {**kept, "title": GONE, "url": "", "sound": None} if personal else kept
