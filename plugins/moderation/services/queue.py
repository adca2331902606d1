"""The queue of moderators: cases that wait and those that are done, by what they weigh or by time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.paging import Order, Page, page_of
from plugins.auth.services import named_people
from plugins.moderation.models import Case
from plugins.moderation.services.persons import Person
from plugins.moderation.services.subjects import word_for
from plugins.moderation.services.weighing import due_at, overdue_before
from plugins.moderation.services.words import State

Shelf = Literal["waiting", "open", "taken", "appealed", "decided", "closed", "done", "all"]
Sort = Literal["weight", "waiting", "newest"]

WAITING: tuple[State, ...] = ("open", "taken", "appealed")
ORDERS: dict[Sort, Order] = {
    "weight": Order("weight", Case.weight, Case.id, descending=True),
    "waiting": Order("waiting", Case.waiting_since, Case.id, nullable=True),
    "newest": Order("newest", Case.opened_at, Case.id, descending=True),
}


@dataclass(frozen=True)
class Filters:
    """Which cases: somebody waits for those that are `waiting`, nobody for those `done`; `mine` who asks has taken."""

    state: Shelf = "waiting"
    kind: str = ""
    category: str = ""
    mine: int | None = None
    overdue: bool = False
    sort: Sort = "weight"


@dataclass(frozen=True)
class CaseRow:
    """A case in a list. `word` is what its kind is called, `due_at` when it should be answered, None where none waits.

    `in_force` are the effects that stand: hide, remove, label, suspend; `weight` only sorts.
    """

    id: int
    kind: str
    word: str
    subject_id: int
    state: State
    version: int
    title: str
    by: str
    picture_url: str
    tint: str
    category: str
    reports_count: int
    reach: int
    weight: float
    in_force: list[str]
    opened_at: datetime
    waiting_since: datetime | None
    due_at: datetime | None
    is_overdue: bool
    taken_by: int | None
    taken_by_name: str
    taken_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True)
class Counts:
    """How many cases nobody has taken, somebody has, wait for an answer to an appeal, and wait too long."""

    open: int
    mine: int
    appeals: int
    overdue: int


def queue(filters: Filters, *, limit: int = 50, cursor: str | None = None) -> Page[CaseRow]:
    """The cases that filters let through, the heaviest first unless they say otherwise, in one statement."""
    query = case_rows().where(*conditions(filters))
    return page_of(query, ORDERS[filters.sort], case_row, limit=limit, cursor=cursor)


def case_rows() -> sa.Select[Any]:
    """Cases with the name of who has taken them."""
    people = named_people().subquery("taker")
    return sa.select(Case, people.c.name.label("taker")).outerjoin(people, people.c.id == Case.taken_by)


def conditions(filters: Filters) -> list[sa.ColumnElement[bool]]:
    chosen: list[sa.ColumnElement[bool]] = []
    if filters.state == "waiting":
        chosen.append(Case.state.in_(WAITING))
    elif filters.state == "done":
        chosen.append(Case.state.not_in(WAITING))
    elif filters.state != "all":
        chosen.append(Case.state == filters.state)
    if filters.kind:
        chosen.append(Case.kind == storable(filters.kind))
    if filters.category:
        chosen.append(Case.category == storable(filters.category))
    if filters.mine is not None:
        chosen.append(Case.taken_by == filters.mine)
    if filters.overdue:
        chosen.append(is_overdue())
    return chosen


def storable(text: str) -> str:
    """A word of an address as PostgreSQL can look for it, which knows no NUL."""
    return text.replace("\0", " ")


def is_overdue() -> sa.ColumnElement[bool]:
    """That somebody waits longer than the site wants anybody to."""
    return sa.and_(Case.waiting_since.is_not(None), Case.waiting_since < overdue_before(now()))


def case_row(row: Any) -> CaseRow:
    """A case as lists show it."""
    case: Case = row[0]
    due = due_at(case.waiting_since)
    return CaseRow(
        id=case.id,
        kind=case.kind,
        word=word_for(case.kind),
        subject_id=case.subject_id,
        state=case.state,  # type: ignore[arg-type]
        version=case.version,
        title=case.title,
        by=case.shown.get("by", ""),
        picture_url=case.shown.get("picture_url", ""),
        tint=case.shown.get("tint", "grey"),
        category=case.category,
        reports_count=case.reports_count,
        reach=case.reach,
        weight=case.weight,
        in_force=case.in_force,
        opened_at=case.opened_at,
        waiting_since=case.waiting_since,
        due_at=due,
        is_overdue=due is not None and due < now(),
        taken_by=case.taken_by,
        taken_by_name=row.taker or "",
        taken_at=case.taken_at,
        closed_at=case.closed_at,
    )


def counts(person: Person) -> Counts:
    """What waits, for the tabs of the queue; one statement, each number counted in an index."""

    def of(*which: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
        return sa.select(sa.func.count()).select_from(Case).where(*which).scalar_subquery()

    counted = sa.select(
        of(Case.state == "open"),
        of(Case.taken_by == person.id, Case.state.in_(WAITING)),
        of(Case.state == "appealed"),
        of(is_overdue()),
    )
    return Counts(*session().execute(counted).one())
