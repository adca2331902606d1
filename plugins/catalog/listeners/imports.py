"""The songs of an artist as a sheet that goes out and comes back."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from musicapp.sheets import Value
from musicapp.sheets.plans import Change, Row
from musicapp.spans import Span
from plugins.catalog import plugin
from plugins.catalog.services import sheet_changes

SHEET = "catalog.songs_sheet"


def count_songs(person_id: int, artist_id: int, span: Span) -> int:
    """How many rows the sheet has."""
    return sheet_changes.count_sheet_rows(person_id, artist_id)


def change_song(person_id: int, artist_id: int, change: Change) -> dict[str, Any]:
    """Apply a row of the sheet."""
    return dict(sheet_changes.apply_change(person_id, change))


def change_back(person_id: int, artist_id: int, change: Change, way_back: dict[str, Any]) -> None:
    """Take a row of the sheet back."""
    sheet_changes.undo_change(person_id, cast(sheet_changes.WayBack, way_back))


@plugin.contributes(
    "reports.export",
    name=SHEET,
    title="Songs, to be edited",
    words="All your songs with what is said about them. Change it in a spreadsheet and bring it back.",
    columns=sheet_changes.COLUMNS,
    count=count_songs,
    scope="artist",
    right="catalog.publish",
)
def songs_sheet(person_id: int, artist_id: int, span: Span) -> Iterator[Sequence[Value]]:
    """The songs that somebody publishes, one a row."""
    return sheet_changes.sheet_rows(person_id, artist_id)


@plugin.contributes(
    "reports.import",
    name=SHEET,
    title="Songs",
    words="Download your songs as a sheet, change what is said about them in a spreadsheet, and bring it back.",
    columns=sheet_changes.COLUMNS,
    apply=change_song,
    undo=change_back,
    scope="artist",
    right="catalog.publish",
    needed=["id"],
    export=SHEET,
)
def changes_of_songs(person_id: int, artist_id: int, rows: Sequence[Row]) -> list[Change]:
    """What the rows of a sheet would change."""
    return sheet_changes.plan_changes(person_id, artist_id, rows)
