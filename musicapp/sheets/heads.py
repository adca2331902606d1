"""The heads of a sheet: which column is which, in whatever order they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from musicapp.errors import Invalid
from musicapp.sheets.columns import Column, Value

LONGEST_SHOWN = 60


@dataclass(frozen=True)
class Heads:
    """Where each known column stands; `unknown` are heads that nobody knows, `missing` columns that are not there."""

    places: dict[str, int]
    unknown: list[str]
    missing: list[str]

    @property
    def notes(self) -> list[str]:
        """What somebody should know of the heads before they look at the rows."""
        said = []
        if self.unknown:
            said.append(f"These columns are not known here and were passed over: {', '.join(self.unknown)}.")
        if self.missing:
            said.append(f"These columns are not in the sheet, so nothing changes in them: {', '.join(self.missing)}.")
        return said


def find_heads(cells: Sequence[Value], columns: Sequence[Column], needed: Sequence[str] = ()) -> Heads:
    """Find the columns by the names in the first row.

    Raises Invalid where one that is `needed` is missing, or where one stands there twice.
    """
    names = {plain(column.name): column.name for column in columns}
    places: dict[str, int] = {}
    unknown: list[str] = []
    for place, cell in enumerate(cells):
        said = plain(cell)
        if said in names:
            if names[said] in places:
                raise Invalid(f"The column “{names[said]}” is there twice. Take one of them out.")
            places[names[said]] = place
        elif said:
            unknown.append(f"“{str(cell).strip()[:LONGEST_SHOWN]}”")
    missing = [column.name for column in columns if column.name not in places]
    lacking = [f"“{name}”" for name in needed if name in missing]
    if lacking:
        known = ", ".join(column.name for column in columns)
        there = "is" if len(lacking) == 1 else "are"
        raise Invalid(
            f"The first row names the columns, and {' and '.join(lacking)} {there} not among them. Known are: {known}."
        )
    return Heads(places, unknown, [f"“{name}”" for name in missing])


def plain(cell: Value) -> str:
    """A head as it is compared: case, spaces and underscores tell no columns apart."""
    return " ".join(str(cell if cell is not None else "").replace("_", " ").casefold().split())
