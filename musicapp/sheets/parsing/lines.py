"""The rows of a file as lines that can be sent: what kind of sheet it is, its content says and not its name."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from .books import book_kind, book_rows
from .bounds import FURTHEST_ROW, LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, NotRead
from .texts import text_rows

ZIP = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
OLD = "This is a workbook of Excel before 2007, or one with a password. Save it as XLSX, without one, and send that."


def main(path: str) -> None:
    """Write to standard output one line of JSON a row, then `{"notes": […]}` or `{"refused": sentence}`.

    A row is `[number, [cells]]`, with the number as a spreadsheet counts.
    """
    for line in lines_of(Path(path)):
        sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def lines_of(path: Path) -> Iterator[Any]:
    """Each row that is not empty as `[number, cells]`, and at the end what is to be said of the file, or why not."""
    notes: list[str] = []
    try:
        yield from numbered(rows_of(path, notes))
    except NotRead as refused:
        yield {"refused": str(refused)}
        return
    yield {"notes": notes}


def rows_of(path: Path, notes: list[str]) -> Iterable[list[Any]]:
    """The rows of a workbook's first sheet, or of a text; `notes` gets what its sender should know."""
    with path.open("rb") as file:
        begins = file.read(4)
    if begins == OLD_EXCEL:
        raise NotRead(OLD)
    if begins == ZIP:
        return book_rows(path, book_kind(path))
    return text_rows(path.read_bytes(), notes)


def numbered(rows: Iterable[list[Any]]) -> Iterator[list[Any]]:
    """The rows that say something, with their numbers, as JSON can carry them. Raises NotRead for too many."""
    found = 0
    for number, row in enumerate(rows, start=1):
        if number > FURTHEST_ROW:
            raise NotRead(f"Something stands below row {FURTHEST_ROW:,} of this sheet. Take it out and send the rest.")
        cells = [sent(cell) for cell in row]
        while cells and cells[-1] in ("", None):
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise NotRead(f"Row {number} has more than {MOST_COLUMNS} columns.")
        if not cells:
            continue
        found += 1
        if found > MOST_ROWS + 1:
            raise NotRead(f"This sheet has more than {MOST_ROWS:,} rows. Send it in parts, each with the heads above.")
        yield [number, cells]


def sent(cell: Any) -> Any:
    """A cell as JSON; days and moments by their names, whatever is none of these as its words."""
    if isinstance(cell, datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    if isinstance(cell, str):
        return cell[: LONGEST_CELL + 1]
    return cell if cell is None or isinstance(cell, bool | int | float) else str(cell)
