"""What reports hold of one person: handed out to them as files, and erased when they leave for good."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from musicapp.belongings import Named, rows_as_files
from musicapp.database import UNSYNCED, session, writing
from musicapp.storage import media_store
from plugins.reports.models import BroughtIn, Chat, MonthlyReport, Reminded, ReminderTurn, TakenOut

Rows = sa.Select[*tuple[Any, ...]]


def own_data(person_id: int) -> Iterator[Named]:
    """Reports and reminders that somebody got, exports and sheets of theirs, and the chats that they keep."""
    yield from rows_as_files("reports/reports", reports(person_id))
    reminded = sa.select(Reminded.day, Reminded.name, Reminded.subject, Reminded.sections, Reminded.made_at)
    yield from rows_as_files("reports/reminders", reminded.where(Reminded.person_id == person_id).order_by(Reminded.id))
    yield from rows_as_files("reports/exports", exports(person_id))
    yield from rows_as_files("reports/sheets-brought-in", sheets(person_id))
    yield from rows_as_files("reports/chats", chats(person_id))


def reports(person_id: int) -> Rows:
    of = MonthlyReport
    columns = (of.period, of.audience, of.title, of.first_on, of.last_on, of.made_at, of.sections)
    return sa.select(*columns).where(of.person_id == person_id).order_by(of.id)


def exports(person_id: int) -> Rows:
    of = TakenOut
    columns = (of.name, of.subject_title, of.format, of.first_on, of.last_on, of.state, of.rows_count, of.size_bytes)
    return sa.select(*columns, of.created_at, of.expires_at).where(of.person_id == person_id).order_by(of.id)


def sheets(person_id: int) -> Rows:
    of = BroughtIn
    columns = (of.name, of.file_name, of.state, of.problem, of.rows_count, of.created_at, of.applied_at)
    return sa.select(*columns).where(of.person_id == person_id).order_by(of.id)


def chats(person_id: int) -> Rows:
    """The chats that somebody keeps, without their addresses and secrets: whoever has these could post there."""
    columns = (Chat.service, Chat.name, Chat.off_at, Chat.off_because, Chat.created_at, Chat.deleted_at)
    return sa.select(*columns).where(Chat.owner_id == person_id).order_by(Chat.id)


def erase(person_id: int) -> None:
    """Remove what was made for somebody and brought by them, files and all. The chats that they set up for the site
    stay with who runs it."""
    keys = [*files_of(TakenOut, person_id), *files_of(BroughtIn, person_id)]
    with writing() as unit:
        for table in (TakenOut, BroughtIn, MonthlyReport, Reminded, ReminderTurn):
            unit.execute(sa.delete(table).where(table.person_id == person_id), execution_options=UNSYNCED)
    for key in keys:
        media_store().delete(key)


def files_of(table: type[TakenOut | BroughtIn], person_id: int) -> list[str]:
    kept = sa.select(table.file_key).where(table.person_id == person_id, table.file_key != "")
    return list(session().scalars(kept))
