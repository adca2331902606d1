"""Applying: each row in a unit of work of its own, so that a bad one costs no other."""

import logging
from collections.abc import Callable
from functools import partial

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.errors import Conflict, NotFound, Refused
from musicapp.jobs import enqueue
from musicapp.sheets.plans import Change
from plugins.auth.services import person_with_id
from plugins.reports.models import BroughtIn, BroughtRow
from plugins.reports.services.imports.kinds import import_for
from plugins.reports.services.imports.seeing import NOT_HERE, owned
from plugins.reports.services.persons import Person

AT_ONCE = 100
WENT_WRONG = "Something went wrong on our side with this row; nothing of it was saved. It is in the site's log."
log = logging.getLogger(__name__)


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
    apply = partial(imported.apply, brought.person_id, brought.subject_id)
    total = session().scalar(counting(brought_id, "change", "done", "failed")) or 0
    through = total - (session().scalar(counting(brought_id, "change")) or 0)
    while numbers := next_numbers(brought_id):
        for number in numbers:
            progress(through, total)
            apply_row(brought_id, number, apply)
            through += 1
    progress(through, total)


def counting(brought_id: int, *states: str) -> sa.Select[int]:
    chosen = sa.and_(BroughtRow.brought_id == brought_id, BroughtRow.state.in_(states))
    return sa.select(sa.func.count()).select_from(BroughtRow).where(chosen)


def next_numbers(brought_id: int) -> list[int]:
    waiting = sa.select(BroughtRow.number).where(BroughtRow.brought_id == brought_id, BroughtRow.state == "change")
    numbers = list(session().scalars(waiting.order_by(BroughtRow.number).limit(AT_ONCE)))
    session().rollback()
    return numbers


def apply_row(brought_id: int, number: int, apply: Callable[[Change], None]) -> None:
    """Apply one row once, together with the note that it is done; what is refused becomes a problem of this row."""
    try:
        with writing() as unit:
            row = unit.get(BroughtRow, (brought_id, number), with_for_update=True)
            if row is None or row.state != "change":
                return
            apply(change_of(row))
            row.state = "done"
    except Refused as refused:
        problems = {column: " ".join(sentences) for column, sentences in refused.errors.items()}
        fail(brought_id, number, {"": refused.sentence, **problems})
    except Exception:
        log.exception("Row %s of the sheet %s failed.", number, brought_id)
        fail(brought_id, number, {"": WENT_WRONG})


def change_of(row: BroughtRow) -> Change:
    changed = [(column, old, new) for column, old, new in row.changed]
    return Change(row.number, row.title, row.does, changed, {}, row.payload)  # type: ignore[arg-type]


def fail(brought_id: int, number: int, problems: dict[str, str]) -> None:
    with writing() as unit:
        row = unit.get(BroughtRow, (brought_id, number), with_for_update=True)
        if row is not None:
            row.state, row.problems = "failed", problems


def finish_applying(brought_id: int, *, problem: str = "") -> None:
    """Note that a sheet is applied, or with a `problem` that it can be applied again; inside `writing()`."""
    brought = session().get(BroughtIn, brought_id, with_for_update=True)
    if brought is None or brought.state != "applying":
        return
    brought.state, brought.problem = ("ready", problem) if problem else ("applied", "")
    brought.applied_at = None if problem else now()
