"""Erasing accounts whose days are over: what each plugin holds, then the account itself.

Nothing of it is one transaction. Each plugin erases in its own, and may be asked again; the account goes last, so that
one that could not be erased wholly is still there, and is tried again on the next day.
"""

import logging
from datetime import datetime

import sqlalchemy as sa

from musicapp import audit, emit
from musicapp.clock import now
from musicapp.database import UNSYNCED, Session, db, session, writing
from musicapp.jobs import GiveUp, RunningJob, enqueue
from plugins.auth.events import PersonErased
from plugins.auth.models import Erased, Leaving, User
from plugins.auth.services.copies.making import all_personal_data
from plugins.auth.services.leaving.reach import tables_at_rest
from plugins.auth.services.points import PersonalData

log = logging.getLogger(__name__)


def due_at(at: datetime) -> list[int]:
    """Whose account may be erased at this moment."""
    return list(session().scalars(sa.select(Leaving.user_id).where(Leaving.erase_at <= at).order_by(Leaving.user_id)))


def enqueue_due(at: datetime, period: str) -> int:
    """Have every account erased that may be, once in a `period`, inside `writing()`; how many there are."""
    due = due_at(at)
    for person_id in due:
        enqueue("auth.erase_account", {"person_id": person_id}, key=f"{person_id}-{period}")
    return len(due)


def stuck() -> list[Leaving]:
    """The accounts that could not be erased when it was tried last, and why."""
    return list(session().scalars(sa.select(Leaving).where(Leaving.problem != "").order_by(Leaving.user_id)))


def erase_account(job: RunningJob, person_id: int) -> None:
    """Erase everything of somebody whose days are over; nothing of who took it back or is gone.

    What a plugin raises leaves the account in place, is noted on it, and raised.
    """
    if person_id not in due_at(now()):
        return
    refuse_at_rest(person_id)
    for one in all_personal_data():
        erase_part(one, person_id)
        if job.cancelled:
            return
    with job.finish() as unit:
        forget_account(unit, person_id)


def refuse_at_rest(person_id: int) -> None:
    """Raise GiveUp while a plugin does not run that holds somebody: nobody else knows what must become of it."""
    if tables := tables_at_rest(person_id):
        problem = f"{', '.join(tables)}: the plugin that keeps this does not run. Enable it, or drop the table."
        note_problem(person_id, problem)
        raise GiveUp(f"Account {person_id} is not erased yet. {problem}")


def erase_part(one: PersonalData, person_id: int) -> None:
    """Let one plugin erase what it holds of somebody."""
    if one.erase is None:
        return
    try:
        one.erase(person_id)
    except Exception as error:
        db.session.remove()
        note_problem(person_id, f"{one.name}: {type(error).__name__}")
        log.warning("Account %s is not erased yet: %s failed.", person_id, one.name)
        raise


def note_problem(person_id: int, problem: str) -> None:
    with writing() as unit:
        noted = sa.update(Leaving).where(Leaving.user_id == person_id)
        unit.execute(noted.values(problem=problem[:2000], failed_at=now()), execution_options=UNSYNCED)


def forget_account(unit: Session, person_id: int) -> None:
    """Delete the account, inside `writing()`; its number stays, so that no other account ever gets it."""
    unit.execute(sa.delete(User).where(User.id == person_id), execution_options=UNSYNCED)
    unit.add(Erased(person_id=person_id))
    audit.record("auth.account_erased", about=("person", person_id), by=None)
    emit(PersonErased(person_id))
