"""Workbooks: XLSX and ODS, which are ZIPs of XML, looked at before a library opens them."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .bounds import MOST_COLUMNS, MOST_PARTS, MOST_ROWS, UNPACKED_MB, NotRead

PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ODS = "application/vnd.oasis.opendocument.spreadsheet"
DECLARES = [word.encode(code) for word in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")]
NEITHER = "This is no sheet. CSV, XLSX and ODS can be read."
BROKEN = "This file is broken, or locked with a password. Save the sheet again and send that."
BREAKS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    LookupError,
    OSError,
    EOFError,
    ValueError,
    TypeError,
    AttributeError,
)


def book_kind(path: Path) -> str:
    """“xlsx” or “ods”, by what is inside; raises NotRead for what would unpack to too much, or declares entities."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED_MB << 20:
                raise NotRead(f"Unpacked this file is larger than {UNPACKED_MB} MB.")
            for part in parts:
                refuse_odd(archive, part)
            names = archive.namelist()
            if "xl/workbook.xml" in names:
                return "xlsx"
            if "mimetype" in names and archive.read("mimetype").strip() == ODS.encode():
                return "ods"
    except BREAKS as broken:
        raise NotRead(BROKEN) from broken
    raise NotRead(NEITHER)


def refuse_odd(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse a part that no spreadsheet program writes; more than the size it names is never unpacked of it."""
    if part.compress_type not in PACKED or part.flag_bits & 1:
        raise NotRead(BROKEN)
    if part.filename.endswith((".xml", ".rels")):
        content = archive.read(part)
        if any(word in content for word in DECLARES):
            raise NotRead("This file declares entities of XML, which no spreadsheet does. Save it again and send that.")


def book_rows(path: Path, kind: str) -> Iterator[list[Any]]:
    """The rows of the first sheet that is shown, hidden rows among them. Raises NotRead."""
    import ezodf
    import pyexcel_io

    # What a sheet repeats more often than it may have rows and columns is the empty rest, and is taken once.
    ezodf.config.set_table_expand_strategy("all_less_maxcount", (MOST_ROWS, MOST_COLUMNS))
    wishes = {"skip_hidden_row_and_column": False} if kind == "xlsx" else {}
    try:
        with path.open("rb") as file:
            book, _ = pyexcel_io.iget_data(
                file, file_type=kind, sheet_index=0, skip_empty_rows=False, column_limit=MOST_COLUMNS + 1, **wishes
            )
            for rows in book.values():
                yield from rows
    except BREAKS as broken:
        raise NotRead(BROKEN) from broken
