"""What was done to somebody's account, and what they did as staff, from the audit log."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from musicapp.audit.models import Act
from musicapp.pages import day
from musicapp.paging import Order, Page, page_of
from plugins.auth.services.people import names_of

Side = Literal["about", "by"]
NEWEST = Order("newest", Act.id, Act.id, descending=True)
COLUMNS = (Act.id, Act.at, Act.action, Act.by_id, Act.about_kind, Act.about_id, Act.title, Act.reason, Act.details)


@dataclass(frozen=True)
class ActRow:
    """One line of the log; `words` say what was done, the names are empty for who is gone and for the site itself."""

    id: int
    at: datetime
    action: str
    words: str
    by_id: int | None
    by: str
    about_kind: str
    about_id: int | None
    about: str
    reason: str
    details: dict[str, Any]


def acts_of(side: Side, person_id: int, *, limit: int = 50, cursor: str | None = None) -> Page[ActRow]:
    """What was done to somebody (`about`) or what they did (`by`), the newest first."""
    page = nameless(side, person_id, limit, cursor)
    return Page(named(page.rows), page.next)


def latest_acts(person_id: int, limit: int) -> dict[Side, Page[ActRow]]:
    """The latest of both sides, with the names of all by one statement."""
    about, by = nameless("about", person_id, limit, None), nameless("by", person_id, limit, None)
    rows = named([*about.rows, *by.rows])
    return {"about": Page(rows[: len(about.rows)], about.next), "by": Page(rows[len(about.rows) :], by.next)}


def nameless(side: Side, person_id: int, limit: int, cursor: str | None) -> Page[ActRow]:
    about = sa.and_(Act.about_kind == "person", Act.about_id == person_id)
    query = sa.select(*COLUMNS).where(about if side == "about" else Act.by_id == person_id)
    return page_of(query, NEWEST, row_of, limit=limit, cursor=cursor)


def named(rows: Any) -> list[ActRow]:
    """The rows with what the people in them go by now."""
    people = {row.by_id for row in rows} | {row.about_id for row in rows if row.about_kind == "person"}
    names = names_of(people - {None})
    return [
        replace(
            row,
            by=names.get(row.by_id, ""),
            about=names.get(row.about_id, "") if row.about_kind == "person" else row.about,
        )
        for row in rows
    ]


def row_of(found: Any) -> ActRow:
    return ActRow(
        id=found.id,
        at=found.at,
        action=found.action,
        words=words_of(found.action, found.details),
        by_id=found.by_id,
        by="",
        about_kind=found.about_kind,
        about_id=found.about_id,
        about=found.title,
        reason=found.reason,
        details=found.details,
    )


def words_of(action: str, details: dict[str, Any]) -> str:
    """“auth.role_given” of a moderator → “Role given: moderator”."""
    words = action.partition(".")[2].replace("_", " ").capitalize() or action
    if role := details.get("role"):
        return f"{words}: {role}"
    if action == "auth.suspended":
        return f"{words} until {day(datetime.fromisoformat(details['until']))}"
    return words
