"""One case for each thing: found or made under a lock, opened again, and named to those who look."""

from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from musicapp import emit
from musicapp.audit.models import Act
from musicapp.database import UNSYNCED, insert_for, session
from musicapp.errors import Conflict, NotFound
from musicapp.evidence import Evidence
from plugins.auth.services import names_of
from plugins.moderation.events import CaseOpened
from plugins.moderation.models import LONGEST_TITLE, Case, CaseOwner
from plugins.moderation.services.weighing import weigh

NOT_THERE = "There is no such case."
TITLED_IN_OWN_WORDS = ("user", "comment", "playlist")
"""Kinds whose title is what somebody wrote, or their name: it goes with them."""


def locked_case(case_id: int) -> Case:
    """A case that nobody else changes meanwhile, inside `writing()`; raises NotFound."""
    query = sa.select(Case).where(Case.id == case_id).with_for_update().execution_options(populate_existing=True)
    case = session().scalars(query).one_or_none()
    if case is None:
        raise NotFound(NOT_THERE)
    return case


def case_about(kind: str, subject_id: int, at: datetime) -> Case:
    """The case of a thing, made where there is none, and locked, inside `writing()`; of many at once one makes it."""
    fresh = {"kind": kind, "subject_id": subject_id, "state": "closed", "version": 1, "opened_at": at, "closed_at": at}
    blank = {"title": "", "shown": {}, "in_force": [], "category": "", "reports_count": 0, "reach": 0, "weight": 0.0}
    session().execute(insert_for(Case).values(**fresh, **blank).on_conflict_do_nothing(), execution_options=UNSYNCED)
    known = sa.select(Case.id).where(Case.kind == kind, Case.subject_id == subject_id)
    return locked_case(session().scalars(known).one())


def note_evidence(case: Case, evidence: Evidence) -> None:
    """Keep how a thing looks now, and whose it is, for lists and for finding similar cases."""
    case.title, case.shown, case.reach = evidence.title[:LONGEST_TITLE], evidence.as_snapshot(), evidence.reach
    session().execute(sa.delete(CaseOwner).where(CaseOwner.case_id == case.id), execution_options=UNSYNCED)
    owners = [{"case_id": case.id, "person_id": owner_id} for owner_id in sorted(evidence.owner_ids)]
    if owners:
        session().execute(insert_for(CaseOwner).values(owners).on_conflict_do_nothing(), execution_options=UNSYNCED)


def open_again(case: Case, at: datetime) -> bool:
    """Let a case that nobody waits for wait from now on; answers whether it did not before."""
    if case.state not in ("decided", "closed"):
        return False
    case.state, case.opened_at, case.waiting_since, case.closed_at = "open", at, at, None
    case.taken_by = case.taken_at = None
    weigh(case)
    emit(CaseOpened(case.id, case.kind, case.subject_id))
    return True


def rest(case: Case, state: Literal["decided", "closed"], at: datetime) -> None:
    """Let a case wait for nobody: what was asked is answered."""
    case.state, case.waiting_since = state, None
    case.taken_by = case.taken_at = None
    case.closed_at = at if state == "closed" else None
    case.version += 1


def refuse_other_version(case: Case, version: int | None) -> None:
    """Refuse what was meant for a case as it was before somebody else changed it."""
    if version is not None and version != case.version:
        raise Conflict(f"{name_of(changed_by(case))} was first: this case changed meanwhile. Look at it again.")


def changed_by(case: Case) -> int | None:
    """Who did something to a case last; that somebody reported its thing again does not count."""
    steps = sa.and_(Act.about_kind == "case", Act.about_id == case.id, Act.action != "moderation.reported")
    return session().scalar(sa.select(Act.by_id).where(steps).order_by(Act.id.desc()).limit(1))


def name_of(person_id: int | None) -> str:
    """What somebody goes by, in a sentence."""
    return names_of([person_id]).get(person_id, "Somebody") if person_id else "Somebody"


def title_in_log(case: Case) -> str:
    """What the audit log, which keeps it for ever, calls the thing of a case; nothing where that may name a person."""
    return "" if case.kind in (*TITLED_IN_OWN_WORDS, "artist") else case.title
