"""The dry run: a sheet is read, and whoever knows its rows says what each would change. Nothing is written."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from musicapp.database import session, writing
from musicapp.errors import Invalid, Refused, Unavailable
from musicapp.sheets.heads import find_heads
from musicapp.sheets.plans import Change, Row, rows_of
from musicapp.sheets.reading import read_sheet
from musicapp.storage import NotStored, media_store
from plugins.auth.services import person_with_id
from plugins.reports.models import BroughtIn, BroughtRow
from plugins.reports.services.imports.kinds import import_for
from plugins.reports.services.imports.words import at_difference, cut
from plugins.reports.services.points import Import

ROWS_AT_ONCE = 500
LONGEST_TITLE = 300
FAILED = "Something went wrong on our side with the rows of this sheet. It is in the site's log."
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Looked:
    """What came of looking at a sheet: why it is refused, or what its rows would change."""

    problem: str = ""
    notes: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def look_at(brought_id: int) -> Looked | None:
    """Look at a sheet that was brought in; None when there is nothing to look at any more. Raises ChildFailed."""
    brought = session().get(BroughtIn, brought_id)
    session().rollback()
    if brought is None or brought.state != "reading":
        return None
    try:
        return looked_at(brought, import_for(person_with_id(brought.person_id), brought.name))
    except NotStored:
        return Looked("The file is no longer here. Bring it in again.")
    except Refused as refused:
        return Looked(refused.sentence)


def looked_at(brought: BroughtIn, imported: Import) -> Looked:
    sheet = read_sheet(media_store().path(brought.file_key))
    heads = find_heads(sheet.lines[0].cells, imported.columns, imported.needed)
    rows = rows_of(sheet.lines[1:], imported.columns, heads)
    if not rows:
        raise Invalid("There are no rows below the heads of this sheet.")
    return Looked("", sheet.notes + heads.notes, planned(brought, imported, rows))


def planned(brought: BroughtIn, imported: Import, rows: Sequence[Row]) -> list[Change]:
    """What the rows would change, as the plugin says that knows them; raises Unavailable where it fails."""
    try:
        return with_problems(rows, imported.call(brought.person_id, brought.subject_id, rows))
    except Refused:
        raise
    except Exception as error:
        log.exception("“%s” failed with the rows of a sheet.", imported.name)
        raise Unavailable(FAILED) from error


def with_problems(rows: Sequence[Row], changes: Sequence[Change]) -> list[Change]:
    """The changes, each with what did not fit into the columns of its row."""
    return [replace(change, problems=row.problems | change.problems) for row, change in zip(rows, changes, strict=True)]


def keep_looked(brought_id: int, looked: Looked) -> str:
    """Keep what came of it; inside `writing()`. Answers the key of the file, which nobody needs any more."""
    brought = session().get(BroughtIn, brought_id, with_for_update=True)
    if brought is None:
        return ""
    rows = [row_kept(brought_id, change) for change in looked.changes if says_something(change)]
    for start in range(0, len(rows), ROWS_AT_ONCE):
        session().execute(sa.insert(BroughtRow), rows[start : start + ROWS_AT_ONCE])
    brought.state, brought.problem = ("refused", looked.problem) if looked.problem else ("ready", "")
    brought.notes = looked.notes
    brought.rows_count = len(looked.changes)
    brought.same_count = len(looked.changes) - len(rows)
    key, brought.file_key = brought.file_key, ""
    return key


def says_something(change: Change) -> bool:
    return change.does != "nothing" or bool(change.problems)


def row_kept(brought_id: int, change: Change) -> dict[str, Any]:
    """A row as it is kept; what is only to be looked at is cut to where it differs."""
    return {
        "brought_id": brought_id,
        "number": change.row,
        "state": "wrong" if change.problems else "change",
        "does": change.does,
        "title": cut(change.title, LONGEST_TITLE),
        "changed": [[column, *at_difference(old, new)] for column, old, new in change.changed],
        "problems": change.problems,
        "payload": {} if change.problems else change.payload,
    }


def refuse_brought(brought_id: int, sentence: str) -> None:
    """Say why a sheet came to nothing."""
    with writing() as unit:
        brought = unit.get(BroughtIn, brought_id, with_for_update=True)
        if brought is not None and brought.state == "reading":
            brought.state, brought.problem = "refused", sentence
