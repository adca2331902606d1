"""The songs of an artist as a sheet that goes out and comes back."""

from collections.abc import Iterator, Sequence

from musicapp.sheets import Value
from musicapp.sheets.plans import Change, Row
from musicapp.spans import Span
from plugins.catalog import plugin
from plugins.catalog.services import sheet_changes

SHEET = "catalog.songs_sheet"


def count_songs(person_id: int, artist_id: int, span: Span) -> int:
    """How many rows the sheet has."""
    return sheet_changes.count_sheet_rows(person_id, artist_id)


def change_song(person_id: int, artist_id: int, change: Change) -> None:
    """Apply a row of the sheet."""
    sheet_changes.apply_change(person_id, change)


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
    scope="artist",
    right="catalog.publish",
    needed=["id"],
    export=SHEET,
)
def changes_of_songs(person_id: int, artist_id: int, rows: Sequence[Row]) -> list[Change]:
    """What the rows of a sheet would change."""
    return sheet_changes.plan_changes(person_id, artist_id, rows)
