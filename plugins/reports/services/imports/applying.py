"""Applying a sheet: its rows in their order, each once, with what taking it back would need."""

from collections.abc import Callable

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.errors import Conflict, NotFound
from musicapp.jobs import enqueue
from musicapp.sheets.plans import Change
from plugins.auth.services import person_with_id
from plugins.reports.models import BroughtIn, BroughtRow
from plugins.reports.services.imports.kinds import import_for
from plugins.reports.services.imports.seeing import NOT_HERE, owned
from plugins.reports.services.imports.walking import Walk, walk_through
from plugins.reports.services.persons import Person


def start_applying(person: Person, brought_id: int) -> None:
    """Have the rows that change something applied. Raises NotFound, Conflict for a sheet that is not ready."""
    with writing() as unit:
        brought = unit.scalar(owned(person, brought_id).with_for_update())
        if brought is None:
            raise NotFound(NOT_HERE)
        if brought.state != "ready":
            raise Conflict("This sheet cannot be applied now; it may have been already.")
        import_for(person, brought.name)
        brought.state, brought.problem = "applying", ""
        enqueue("reports.apply_import", {"brought_id": brought.id})


def apply_rows(brought_id: int, progress: Callable[[int, int], None]) -> None:
    """Apply what is left of a sheet's rows, in their order; `progress` gets how many of how many are through."""
    brought = session().get(BroughtIn, brought_id)
    if brought is None or brought.state != "applying":
        return
    imported = import_for(person_with_id(brought.person_id), brought.name)
    person_id, subject_id = brought.person_id, brought.subject_id

    def apply(row: BroughtRow) -> None:
        row.way_back = imported.apply(person_id, subject_id, change_of(row)) or {}

    walk_through(brought_id, Walk(apply, "change", "done", "failed"), progress)


def change_of(row: BroughtRow) -> Change:
    """A row as the plugin gets it that knows what it is about."""
    changed = [(column, old, new) for column, old, new in row.changed]
    return Change(row.number, row.title, row.does, changed, {}, row.payload)  # type: ignore[arg-type]


def finish_applying(brought_id: int, *, problem: str = "") -> None:
    """Note that a sheet is applied, or with a `problem` that it can be applied again; inside `writing()`."""
    brought = session().get(BroughtIn, brought_id, with_for_update=True)
    if brought is None or brought.state != "applying":
        return
    brought.state, brought.problem = ("ready", problem) if problem else ("applied", "")
    brought.applied_at = now()
