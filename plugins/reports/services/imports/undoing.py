"""Undoing a sheet that was applied: for some days its rows are taken back, the last one first.

A row is taken back by whoever applied it, whole or not at all: what was changed since then is left as it is.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.errors import Conflict, NotFound
from musicapp.jobs import enqueue
from plugins.auth.services import person_with_id
from plugins.reports.models import BroughtIn, BroughtRow
from plugins.reports.services.imports.applying import change_of
from plugins.reports.services.imports.kinds import import_for
from plugins.reports.services.imports.seeing import NOT_HERE, Brought, brought_sheet, owned
from plugins.reports.services.imports.walking import Walk, count, walk_through
from plugins.reports.services.limits import limits
from plugins.reports.services.persons import Person

NOT_NOW = "This sheet cannot be undone: it was before, its days are over, or nothing of it can be taken back."
TOO_OLD = "This row was applied before the site kept what taking it back needs."
MAY_HAVE_DONE = ("ready", "applied")


def undoable_until(person: Person, brought: Brought) -> datetime | None:
    """Until when somebody may undo a sheet of theirs; None for one that cannot be undone, or not any more."""
    if brought.state not in MAY_HAVE_DONE or brought.applied_at is None or not brought.counts.undoable:
        return None
    until = brought.applied_at + timedelta(days=limits().import_undo_days)
    return until if until > now() and import_for(person, brought.name).undo is not None else None


def start_undoing(person: Person, brought_id: int) -> None:
    """Have what a sheet did taken back. Raises NotFound, Conflict for one that cannot be undone."""
    with writing() as unit:
        brought = unit.scalar(owned(person, brought_id).with_for_update())
        if brought is None:
            raise NotFound(NOT_HERE)
        if undoable_until(person, brought_sheet(person, brought_id)) is None:
            raise Conflict(NOT_NOW)
        brought.state, brought.problem = "undoing", ""
        enqueue("reports.undo_import", {"brought_id": brought.id})


def undo_rows(brought_id: int, progress: Callable[[int, int], None]) -> None:
    """Take back what is left of a sheet's rows, the last first; `progress` gets how many of how many are through."""
    brought = session().get(BroughtIn, brought_id)
    if brought is None or brought.state != "undoing":
        return
    undo = import_for(person_with_id(brought.person_id), brought.name).undo
    if undo is None:
        raise Conflict(NOT_NOW)
    person_id, subject_id = brought.person_id, brought.subject_id

    def take_back(row: BroughtRow) -> None:
        if row.way_back is None:
            raise Conflict(TOO_OLD)
        undo(person_id, subject_id, change_of(row), row.way_back)

    walk_through(brought_id, Walk(take_back, "done", "undone", "kept", backwards=True), progress)


def finish_undoing(brought_id: int, *, problem: str = "") -> None:
    """Note that a sheet is undone, or with a `problem` that undoing or applying can go on; inside `writing()`."""
    brought = session().get(BroughtIn, brought_id, with_for_update=True)
    if brought is None or brought.state != "undoing":
        return
    before = "ready" if count(brought_id, "change") else "applied"
    brought.state, brought.problem = (before, problem) if problem else ("undone", "")
