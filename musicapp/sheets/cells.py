"""What stands in the cells of sheets, both ways: text that a spreadsheet would run is guarded, and let free again.

A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@`, some also behind spaces and quotes, and behind a tab,
a line break or a semicolon where they take these for the end of a cell. An apostrophe before such a place keeps it
text, in every format. What is guarded would be guarded again with one more, so that taking one off leads back to the
text as it was.
"""

import re
from datetime import UTC, date, datetime

from musicapp.sheets.columns import Value

GUARD = "'"
PASSED_OVER = r" \"'`´‘’‚“”„\u00a0\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
RUNS = f"[{PASSED_OVER}]*[=+\\-@\u2212\uff1d\uff0b\uff0d\uff20]"
BREAKS = f"[{PASSED_OVER}]*[\\t\\n]"
BEGINS = r"\A|(?<=[;\t\n])"
TO_GUARD = re.compile(f"(?:{BEGINS})(?={RUNS})|\\A(?={BREAKS})")
GUARDED = re.compile(f"(?:{BEGINS}){GUARD}(?={RUNS})|\\A{GUARD}(?={BREAKS})")
LINE_ENDS = re.compile(r"\r\n?")
NOT_IN_SHEETS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Cell = str | int | float


def guarded(text: str) -> str:
    """A text as it may stand in a cell; line breaks become plain ones, and what no sheet can hold is left out."""
    return TO_GUARD.sub(GUARD, NOT_IN_SHEETS.sub("", LINE_ENDS.sub("\n", text)))


def unguarded(text: str) -> str:
    """The text that was guarded; one that nobody guarded stays as it is."""
    return GUARDED.sub("", LINE_ENDS.sub("\n", text))


def cell_of(value: Value) -> Cell:
    """A value as it stands in a cell: numbers as numbers, days and moments as ISO 8601 (UTC), yes or no, or text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    return value.isoformat() if isinstance(value, date) else guarded(value)
