"""Reading the audit log: what was done, by whom, to what and when, the newest first."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from flask import current_app

from musicapp.audit.models import Act
from musicapp.database import session
from musicapp.days import A_DAY, first_moment
from musicapp.paging import MOST, Order, Page, page_of
from musicapp.plugins.site import current_site

NEWEST = Order("newest", Act.id, Act.id, descending=True)
PERSON = "person"
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2999, 12, 31)
"""Days beyond these are no days of a log, and some lie where no clock can tell them."""


@dataclass(frozen=True)
class Wanted:
    """Which acts are looked for; what is None or "" narrows nothing.

    `by_ids` are the people who did them; `by_site` means those that nobody did. Days are those of the site's clock,
    both included.
    """

    by_ids: Collection[int] | None = None
    by_site: bool = False
    action: str = ""
    about_kind: str = ""
    about_id: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class ActRow:
    """One act in a list, with what the people in it go by now; "" for who is gone."""

    id: int
    at: datetime
    action: str
    by_id: int | None
    about_kind: str
    about_id: int | None
    title: str
    reason: str
    details: dict[str, Any] = field(default_factory=dict)
    by_name: str = ""
    about_name: str = ""

    @property
    def words(self) -> str:
        """What was done: “Role given”."""
        return in_words(self.action.partition(".")[2] or self.action)

    @property
    def owner(self) -> str:
        """The part of the site that it belongs to, by its title."""
        name = self.action.partition(".")[0]
        return next((plugin.title for plugin in current_site().plugins if plugin.name == name), in_words(name))


COLUMNS = [getattr(Act, name) for name in list(ActRow.__dataclass_fields__)[:-2]]


def in_words(name: str) -> str:
    """role_given → Role given."""
    return name.replace("_", " ").capitalize()


def acts(wanted: Wanted, *, limit: int = 50, cursor: str | None = None) -> Page[ActRow]:
    """One page of the acts that are wanted, the newest first."""
    page = page_of(narrowed(wanted), NEWEST, act_row, limit=limit, cursor=cursor)
    return Page(named(page.rows), page.next)


def all_acts(wanted: Wanted) -> Iterator[ActRow]:
    """All of them, page by page: what is added meanwhile is newer than where it began."""
    cursor: str | None = None
    while True:
        page = acts(wanted, limit=MOST, cursor=cursor)
        session().rollback()  # who reads slowly keeps no snapshot open
        yield from page.rows
        if page.next is None:
            return
        cursor = page.next


def narrowed(wanted: Wanted) -> sa.Select[Any]:
    query = sa.select(*COLUMNS)
    if wanted.by_ids is not None:
        query = query.where(Act.by_id.in_(wanted.by_ids))
    if wanted.by_site:
        query = query.where(Act.by_id.is_(None))
    if wanted.action:
        query = query.where(Act.action == wanted.action)
    if wanted.about_kind:
        query = query.where(Act.about_kind == wanted.about_kind)
    if wanted.about_id is not None:
        query = query.where(Act.about_id == wanted.about_id)
    if wanted.first is not None:
        query = query.where(Act.at >= first_moment(wanted.first))
    if wanted.last is not None:
        query = query.where(Act.at < first_moment(wanted.last + A_DAY))
    return query


def act_row(row: Any) -> ActRow:
    return ActRow(*row[: len(COLUMNS)])


def named(rows: Collection[ActRow]) -> list[ActRow]:
    """The same rows with the names of all people in them, by one question."""
    about = {row.about_id for row in rows if row.about_kind == PERSON}
    ids = {person_id for person_id in {row.by_id for row in rows} | about if person_id is not None}
    identity = current_app.extensions.get("identity")
    names = identity.names(ids) if identity and ids else {}
    return [
        replace(
            row,
            by_name=names.get(row.by_id, ""),
            about_name=names.get(row.about_id, "") if row.about_kind == PERSON else "",
        )
        for row in rows
    ]


def known(column: sa.SQLColumnExpression[str]) -> list[str]:
    """The different values of an indexed column, each found by one step in its index, however many rows there are."""
    first = sa.select(sa.func.min(column).label("value")).where(column > "").cte("step", recursive=True)
    following = sa.select(sa.func.min(column)).where(column > first.c.value).scalar_subquery()
    steps = first.union_all(sa.select(following).where(first.c.value.is_not(None)))
    return [value for value in session().scalars(sa.select(steps.c.value)) if value is not None]


def known_actions() -> list[str]:
    """Every action that was ever recorded, sorted."""
    return known(Act.action)


def known_kinds() -> list[str]:
    """Every kind of thing to which something was done, sorted."""
    return known(Act.about_kind)
