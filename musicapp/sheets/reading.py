"""Reading sheets that were sent: in a child with limits, so that a hostile one costs nobody more than itself.

The library that opens workbooks must not do so in a process of the site: a small file can ask for all its memory.
"""

import json
import logging
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any

from musicapp.confined import Limits, command
from musicapp.errors import Invalid
from musicapp.sheets.columns import Value

PARSING = Path(__file__).with_name("parsing")
LARGEST_BYTES = 10 << 20
LIMITS = Limits(memory_mb=384, cpu_s=45, file_mb=128, addresses_mb=1024)
TIME_S = 180  # longer than its own time, because the machine may have other work
STDERR_LIMIT = 2_000
STOPPED_BY_OTHERS = {-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP}
TOO_MUCH = "This sheet holds too much to be read, or is damaged. Save it in a simpler form, or send it in parts."
log = logging.getLogger(__name__)


class ChildFailed(RuntimeError):
    """The child could not work at all, which is no fault of the sheet: try again later."""


@dataclass(frozen=True)
class Line:
    """A row as it stands in the file: its number as the spreadsheet counts, and its cells."""

    number: int
    cells: list[Value]


@dataclass
class Sheet:
    """The rows of a file that say something, the heads first; `notes` are sentences for who sent it."""

    lines: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_sheet(path: str | os.PathLike[str]) -> Sheet:
    """Read CSV, XLSX or ODS, whichever the file is. Raises Invalid with a sentence, ChildFailed."""
    if os.stat(path).st_size > LARGEST_BYTES:
        raise Invalid(f"A sheet may have {LARGEST_BYTES >> 20} MB.")
    with tempfile.TemporaryFile() as written:
        how = ended(Path(path), written)
        written.seek(0)
        sheet = Sheet()
        if how != 0 or not collected(written, sheet):
            raise Invalid(TOO_MUCH)
    if not sheet.lines:
        raise Invalid("This sheet is empty.")
    return sheet


def ended(path: Path, written: IO[bytes]) -> int:
    """How the child ended that wrote the rows of a file; raises ChildFailed when the file is not to blame."""
    with tempfile.TemporaryFile() as complaints:
        try:
            child = subprocess.run(
                command(PARSING, "lines", LIMITS, os.path.abspath(path)),
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=complaints,
                cwd="/",
                env={"LC_ALL": "C.UTF-8"},
                timeout=TIME_S,
            )
        except subprocess.TimeoutExpired:
            return -signal.SIGXCPU
        complaints.seek(0)
        said = complaints.read(STDERR_LIMIT).decode(errors="replace")
    if child.returncode in STOPPED_BY_OTHERS:
        raise ChildFailed(f"the reader of sheets was ended by signal {-child.returncode}")
    if said:
        log.warning("The reader of sheets said: %s", said)
    return child.returncode


def collected(written: IO[bytes], sheet: Sheet) -> bool:
    """Fill a sheet with what a child wrote; whether it came to its end. Raises Invalid with the child's refusal."""
    for told in lines_told(written):
        if isinstance(told, list):
            number, cells = told
            sheet.lines.append(Line(number, [value_told(cell) for cell in cells]))
        elif "refused" in told:
            raise Invalid(told["refused"])
        else:
            sheet.notes += told["notes"]
            return True
    return False


def lines_told(written: IO[bytes]) -> Iterator[Any]:
    """The lines that were finished."""
    for line in written:
        if line.endswith(b"\n"):
            yield json.loads(line)


def value_told(cell: Any) -> Value:
    """A cell as it was before it became JSON; a moment without a zone is one of UTC."""
    if not isinstance(cell, dict):
        value: Value = cell
        return value
    if "day" in cell:
        return date.fromisoformat(cell["day"])
    moment = datetime.fromisoformat(cell["moment"])
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
