"""Writing rows as a sheet: CSV as it is read, in constant memory; XLSX and ODS by pyexcel, for what is not too long."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from itertools import islice
from tempfile import TemporaryFile

from musicapp.sheets.cells import Cell, cell_of
from musicapp.sheets.columns import Column, Value
from musicapp.storage.store import Readable

BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets take UTF-8 for something older
LINES_AT_ONCE = 500
LONGEST_CELL = 32_767  # characters in a cell of XLSX; more would be cut off without a word


class CellTooLong(ValueError):
    """A text that a cell of this format does not hold."""


@dataclass(frozen=True)
class Format:
    """A format of sheets; one that is streamed takes any number of rows."""

    name: str
    content_type: str
    is_streamed: bool


FORMATS = {
    known.name: known
    for known in (
        Format("csv", "text/csv; charset=utf-8", is_streamed=True),
        Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", is_streamed=False),
        Format("ods", "application/vnd.oasis.opendocument.spreadsheet", is_streamed=False),
    )
}


def written(
    chosen: Format, columns: Sequence[Column], rows: Iterable[Sequence[Value]]
) -> AbstractContextManager[Readable]:
    """The sheet of these rows below the names of the columns, open to be read once; raises CellTooLong."""
    if chosen.is_streamed:
        return nullcontext(CsvStream(columns, rows))
    return spreadsheet(chosen, columns, rows)


class CsvStream:
    """CSV that is made as it is read: UTF-8 with its mark, commas, quotes where they must be, CRLF (RFC 4180)."""

    def __init__(self, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> None:
        self.lines = lines_of(columns, rows)
        self.text = io.StringIO(newline="")
        self.text.write(BYTE_ORDER_MARK)
        self.writer = csv.writer(self.text)
        self.made = b""

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes, b"" at the end; all of them without a size."""
        parts = [self.made]
        count = len(self.made)
        while (size < 0 or count < size) and (more := self.more()):
            parts.append(more)
            count += len(more)
        made = b"".join(parts)
        wanted = len(made) if size < 0 else size
        self.made = made[wanted:]
        return made[:wanted]

    def more(self) -> bytes:
        """Some more lines, b"" when there are none."""
        self.writer.writerows(islice(self.lines, LINES_AT_ONCE))
        made = self.text.getvalue().encode()
        self.text.seek(0)
        self.text.truncate()
        return made


@contextmanager
def spreadsheet(chosen: Format, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> Iterator[Readable]:
    """The rows as the one sheet of a file that is gone when it is closed."""
    import pyexcel

    with TemporaryFile() as file:
        lines = (fitting(line) for line in lines_of(columns, rows))
        pyexcel.isave_as(array=lines, dest_file_type=chosen.name, dest_file_stream=file)
        file.seek(0)
        yield file


def lines_of(columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> Iterator[list[Cell]]:
    """The head, then the rows as they stand in cells; a row that has not one value for each column is refused."""
    yield [column.name for column in columns]
    for row in rows:
        if len(row) != len(columns):
            raise ValueError(f"A row has {len(row)} values for {len(columns)} columns: {row!r}")
        yield [cell_of(value) for value in row]


def fitting(line: list[Cell]) -> list[Cell]:
    for cell in line:
        if isinstance(cell, str) and len(cell) > LONGEST_CELL:
            raise CellTooLong(
                f"A cell of this format holds {LONGEST_CELL:,} characters, and this text has {len(cell):,}."
            )
    return line
