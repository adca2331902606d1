"""What a sheet that was brought in says, and what it would change, row by row, before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from musicapp.sheets.columns import Column, Value
from musicapp.sheets.fitting import Unfit, fit
from musicapp.sheets.heads import Heads
from musicapp.sheets.reading import Line


@dataclass(frozen=True)
class Change:
    """What one row would do.

    `row` is its number as the spreadsheet counts, heads included. `changed` has (column, old, new) as words;
    `problems` a sentence by column, "" for the row as a whole; a row with problems is not applied. `payload` is what
    applying it needs, as JSON.
    """

    row: int
    title: str
    does: Literal["nothing", "add", "change", "remove"]
    changed: list[tuple[str, str, str]] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)
    payload: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """What one row says, by the names of columns.

    An empty cell is None; a column that the sheet does not have, or whose cell is in `problems`, is not in `values`.
    """

    number: int
    values: dict[str, Value]
    problems: dict[str, str] = field(default_factory=dict)


def rows_of(lines: Sequence[Line], columns: Sequence[Column], heads: Heads) -> list[Row]:
    """The rows below the heads, each cell as a value of its column; rows without any known cell are left out."""
    rows = [row_of(line, columns, heads) for line in lines]
    return [row for row in rows if row.problems or any(value is not None for value in row.values.values())]


def row_of(line: Line, columns: Sequence[Column], heads: Heads) -> Row:
    values: dict[str, Value] = {}
    problems: dict[str, str] = {}
    for column in columns:
        place = heads.places.get(column.name)
        if place is None:
            continue
        try:
            values[column.name] = fit(line.cells[place] if place < len(line.cells) else None, column)
        except Unfit as unfit:
            problems[column.name] = str(unfit)
    return Row(line.number, values, problems)
