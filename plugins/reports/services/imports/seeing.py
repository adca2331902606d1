"""What somebody sees of the sheets that they brought in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from musicapp.database import session
from musicapp.errors import NotFound
from musicapp.paging import Order, Page, page_of
from plugins.reports.models import BroughtIn, BroughtRow
from plugins.reports.services.persons import Person

NOT_HERE = "This sheet is not here any more. Sheets are kept for seven days, or as long as they can be undone."
BY_NUMBER = Order("number", BroughtRow.number, BroughtRow.number)
PROBLEMATIC = ("wrong", "failed", "kept")
ROW_STATES = ("change", "wrong", "done", "failed", "undone", "kept")
LATEST = 20


@dataclass(frozen=True)
class Counts:
    """How many rows a sheet has of each kind; `undoable` are those that are done and could be taken back."""

    same: int
    undoable: int
    change: int
    wrong: int
    done: int
    failed: int
    undone: int
    kept: int


@dataclass(frozen=True)
class Brought:
    """A sheet that was brought in, as its page shows it."""

    id: int
    name: str
    subject_id: int
    file_name: str
    state: str
    problem: str
    notes: list[str]
    rows_count: int
    created_at: datetime
    applied_at: datetime | None
    counts: Counts

    @property
    def through(self) -> tuple[int, int]:
        """How many rows are applied or, while it is undone, taken back, of how many."""
        counts, is_undoing = self.counts, self.state == "undoing"
        through = counts.undone + counts.kept if is_undoing else counts.done + counts.failed
        return through, through + (counts.done if is_undoing else counts.change)

    @property
    def percent(self) -> int | None:
        """How far it is through."""
        through, whole = self.through
        return 100 * through // whole if whole else None


@dataclass(frozen=True)
class BroughtLine:
    """A row that changes something or is wrong; `changed` has (column, old, new), `problems` (column, sentence)."""

    number: int
    state: str
    does: str
    title: str
    changed: list[tuple[str, str, str]]
    problems: list[tuple[str, str]]


def owned(person: Person, brought_id: int) -> sa.Select[BroughtIn]:
    """A sheet, for who brought it in and nobody else."""
    return sa.select(BroughtIn).where(BroughtIn.id == brought_id, BroughtIn.person_id == person.id)


def brought_by(person: Person) -> list[BroughtIn]:
    """The sheets that somebody brought in lately, the newest first."""
    mine = sa.select(BroughtIn).where(BroughtIn.person_id == person.id)
    return list(session().scalars(mine.order_by(BroughtIn.id.desc()).limit(LATEST)))


def brought_sheet(person: Person, brought_id: int) -> Brought:
    """A sheet that somebody brought in; raises NotFound."""
    found = session().scalar(owned(person, brought_id))
    if found is None:
        raise NotFound(NOT_HERE)
    return Brought(
        found.id,
        found.name,
        found.subject_id,
        found.file_name,
        found.state,
        found.problem,
        found.notes,
        found.rows_count,
        found.created_at,
        found.applied_at,
        counts_of(found),
    )


def counts_of(brought: BroughtIn) -> Counts:
    states = sa.select(BroughtRow.state, sa.func.count(), sa.func.count(BroughtRow.way_back))
    of_it = states.where(BroughtRow.brought_id == brought.id).group_by(BroughtRow.state)
    counted, undoable = dict.fromkeys(ROW_STATES, 0), 0
    for state, rows, with_way_back in session().execute(of_it):
        counted[state] = rows
        undoable += with_way_back if state == "done" else 0
    return Counts(brought.same_count, undoable, **counted)


def brought_lines(
    brought: Brought, *, only_problems: bool = False, limit: int = 50, cursor: str | None = None
) -> Page[BroughtLine]:
    """A page of the rows that change something or are wrong, in their order."""
    columns = [getattr(BroughtRow, name) for name in BroughtLine.__dataclass_fields__]
    rows = sa.select(*columns).where(BroughtRow.brought_id == brought.id)
    if only_problems:
        rows = rows.where(BroughtRow.state.in_(PROBLEMATIC))
    return page_of(rows, BY_NUMBER, line, limit=limit, cursor=cursor)


def line(row: Any) -> BroughtLine:
    number, state, does, title, changed, problems = row[:6]
    return BroughtLine(number, state, does, title, [tuple(one) for one in changed], list(problems.items()))
