"""Sheets that are text: in whichever way a spreadsheet program of whichever country writes them."""

import csv
import io
import re
from collections.abc import Iterator

from .bounds import LONGEST_CELL, NotRead

BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
SEPARATORS = ",;\t"
# What Excel reads as a word to itself, and does not show.
NAMED_SEPARATOR = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)
NO_TEXT = "This is no sheet. CSV, XLSX and ODS can be read."
NOT_UNICODE = (
    "The file is not in UTF-8, so it was read as Windows-1252. Look whether letters such as é or ß are right, "
    "and save it as “CSV UTF-8” if they are not."
)


def text_rows(raw: bytes, notes: list[str]) -> Iterator[list[str]]:
    """The records of a text; its encoding and its separator are found out. Raises NotRead."""
    text = decoded(raw, notes)
    named = NAMED_SEPARATOR.match(text)
    separator = named[1] if named else separator_of(text)
    csv.field_size_limit(LONGEST_CELL * 4)
    records = csv.reader(io.StringIO(text[named.end() :] if named else text, newline=""), delimiter=separator)
    try:
        yield from records
    except csv.Error as broken:
        raise NotRead(
            f"Around line {records.line_num} a quotation mark is not closed, or a cell is too long."
        ) from broken


def decoded(raw: bytes, notes: list[str]) -> str:
    """The text in a file: UTF-8, UTF-16, or at last Windows-1252, which is then noted."""
    for mark, encoding in BOMS:
        if raw.startswith(mark):
            return in_encoding(raw.removeprefix(mark), encoding)
    begins = raw[:400]
    if b"\0" in begins:
        return in_encoding(raw, "utf-16-le" if b"\0" in begins[1::2] and b"\0" not in begins[::2] else "utf-16-be")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        notes.append(NOT_UNICODE)
        return raw.decode("cp1252", "replace")


def in_encoding(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise NotRead(NO_TEXT) from None


def separator_of(text: str) -> str:
    """What divides the heads: whichever makes the most of them."""
    head = next((line for line in text[:LONGEST_CELL].splitlines() if line.strip()), "")
    return max(SEPARATORS, key=lambda separator: len(next(csv.reader([head], delimiter=separator), [])))
