"""Erasing what moderation holds of a person: some at a time, and from the beginning where it failed.

What they wrote goes, what was decided stays without them, and what they had taken goes back to the queue.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from musicapp.database import UNSYNCED, Session, session, writing
from plugins.moderation.models import Appeal, Case, CaseOwner, Concerned, Decision, Report
from plugins.moderation.services.cases import TITLED_IN_OWN_WORDS

GONE = "Erased"
AT_ONCE = 200
T = TypeVar("T", Report, Decision)


def erase(person_id: int) -> None:
    """Take somebody off every case; who owned a thing is forgotten last, as that leads to what is theirs."""
    after = 0
    while case_ids := their_cases(person_id, after):
        forget_things(case_ids)
        forget_snapshots(Report, case_ids)
        forget_snapshots(Decision, case_ids)
        after = case_ids[-1]
    opened = sa.case((Case.state == "taken", sa.literal("open")), else_=Case.state)
    change_all(Case, Case.taken_by == person_id, state=opened, taken_by=None, taken_at=None)
    change_all(Report, Report.reporter_id == person_id, reporter_id=None, words="")
    change_all(Appeal, Appeal.made_by == person_id, made_by=None, words="")
    for owners in (CaseOwner, Concerned):
        change_all(owners, owners.person_id == person_id)


def their_cases(person_id: int, after: int) -> Sequence[int]:
    """Some of the cases about what is somebody's alone, and about themselves, behind a case."""
    other = aliased(CaseOwner)
    shared = sa.exists().where(other.case_id == CaseOwner.case_id, other.person_id != person_id).correlate(CaseOwner)
    alone = sa.select(CaseOwner.case_id.label("id")).where(CaseOwner.person_id == person_id, ~shared)
    themselves = sa.select(Case.id).where(Case.kind == "user", Case.subject_id == person_id)
    both = sa.union(alone, themselves).subquery()
    found = session().scalars(sa.select(both.c.id).where(both.c.id > after).order_by(both.c.id).limit(AT_ONCE)).all()
    session().rollback()
    return found


def forget_things(case_ids: Sequence[int]) -> None:
    """Let cases say no more whose thing they are about, nor what stood in it."""
    with writing() as unit:
        for case in locked(unit, case_ids):
            personal = case.kind in TITLED_IN_OWN_WORDS
            case.shown = without_person(case.shown, personal)
            case.title = GONE if personal else case.title
            case.version += 1


def forget_snapshots(table: type[T], case_ids: Sequence[int]) -> None:
    """Let the reports of cases, or the decisions about them, say no more whose thing it was."""
    after: int | None = 0
    while after is not None:
        with writing() as unit:
            kinds = {case.id: case.kind for case in locked(unit, case_ids)}
            some = sa.select(table).where(table.case_id.in_(case_ids), table.id > after).order_by(table.id)
            rows = unit.scalars(some.limit(AT_ONCE)).all()
            for row in rows:
                row.snapshot = without_person(row.snapshot, kinds[row.case_id] in TITLED_IN_OWN_WORDS)
            after = rows[-1].id if len(rows) == AT_ONCE else None


def locked(unit: Session, case_ids: Sequence[int]) -> Sequence[Case]:
    """Cases that nobody reports or decides about meanwhile."""
    return unit.scalars(sa.select(Case).where(Case.id.in_(case_ids)).order_by(Case.id).with_for_update()).all()


def change_all(table: type[Any], which: sa.ColumnElement[bool], **values: Any) -> None:
    """Change all rows that `which` finds until it finds none, or delete them where no values are given."""
    keys = table.__mapper__.primary_key
    some = sa.tuple_(*keys).in_(sa.select(*keys).where(which).limit(AT_ONCE))
    change = sa.update(table).where(some).values(**values) if values else sa.delete(table).where(some)
    changed = 1
    while changed:  # a batch is short, too, where PostgreSQL passes over what changed while it was waited for
        with writing() as unit:
            changed = len(unit.execute(change.returning(keys[0]), execution_options=UNSYNCED).all())


def without_person(snapshot: dict[str, Any], personal: bool) -> dict[str, Any]:
    """How a thing looked, without whose it is; of what is a person's own words nothing is left but what it was."""
    if not snapshot:
        return {}
    kept = {**snapshot, "by": "", "by_url": "", "picture_url": "", "words": "", "facts": {}}
    return {**kept, "title": GONE, "url": "", "sound": None} if personal else kept
