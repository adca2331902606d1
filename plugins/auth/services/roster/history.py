"""The latest of what was done to somebody's account, and of what they did as staff, from the audit log."""

from datetime import datetime
from typing import Literal

from musicapp.audit.reading import NEWEST, PERSON, ActRow, Wanted, act_row, named, narrowed
from musicapp.pages import day
from musicapp.paging import Page, page_of

Side = Literal["about", "by"]


def latest_acts(person_id: int, limit: int) -> dict[Side, Page[ActRow]]:
    """The latest that was done to somebody (`about`) and that they did (`by`), by three statements."""
    about = latest(Wanted(about_kind=PERSON, about_id=person_id), limit)
    by = latest(Wanted(by_ids=[person_id]), limit)
    rows = named([*about.rows, *by.rows])
    return {"about": Page(rows[: len(about.rows)], about.next), "by": Page(rows[len(about.rows) :], by.next)}


def latest(wanted: Wanted, limit: int) -> Page[ActRow]:
    return page_of(narrowed(wanted), NEWEST, act_row, limit=limit)


def said_of(act: ActRow) -> str:
    """“Role given: moderator”, “Suspended until 3 December 2026”; of other acts, what the log calls them."""
    if role := act.details.get("role"):
        return f"{act.words}: {role}"
    if act.action == "auth.suspended":
        return f"{act.words} until {day(datetime.fromisoformat(act.details['until']))}"
    return act.words
