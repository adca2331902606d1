"""The files of what somebody owns here, made piece by piece: rows as JSON and as CSV, and files of the store."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from musicapp.sheets import Column, Value
from musicapp.sheets.writing import CsvStream
from musicapp.snapshots import streamed
from musicapp.storage import NotStored, media_store

CHUNK_BYTES = 1 << 18
LONGEST_NAME = 80
ROWS_AT_ONCE = 200

Named = tuple[str, Iterator[bytes]]


def rows_as_files(name: str, query: sa.Select[*tuple[Any, ...]]) -> Iterator[Named]:
    """The rows of a query as `<name>.json` and `<name>.csv`, the keys being what its columns are called."""
    keys = list(query.selected_columns.keys())
    yield f"{name}.json", as_json(dict(zip(keys, row, strict=True)) for row in streamed(query))
    yield f"{name}.csv", as_csv(keys, (row for row in streamed(query)))


def as_json(records: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """An array of records, some lines at a time."""
    before, lines = "[", []
    for record in records:
        lines.append(json.dumps(record, ensure_ascii=False, default=plain))
        if len(lines) == ROWS_AT_ONCE:
            yield joined(before, lines)
            before, lines = ",", []
    if lines:
        yield joined(before, lines)
    yield b"[]\n" if before == "[" and not lines else b"\n]\n"


def joined(before: str, lines: list[str]) -> bytes:
    return (before + "\n" + ",\n".join(lines)).encode()


def as_csv(keys: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    """A sheet of rows; what is no plain value stands in it as JSON."""
    sheet = CsvStream([Column(key, "") for key in keys], ([value_of(cell) for cell in row] for row in rows))
    return pieces_of(sheet.read)


def one_as_json(record: Any) -> str:
    """One record, to be read by people too."""
    return json.dumps(record, ensure_ascii=False, indent=2, default=plain) + "\n"


def stored_file(key: str) -> Iterator[bytes]:
    """A file of the store; nothing of one that is no longer there."""
    try:
        file = media_store().open(key)
    except (NotStored, FileNotFoundError):
        return
    with closing(file):
        yield from pieces_of(file.read)


def pieces_of(read: Callable[[int], bytes]) -> Iterator[bytes]:
    while piece := read(CHUNK_BYTES):
        yield piece


def file_name_of(words: str) -> str:
    """A title as a part of a file's name on any system."""
    kept = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*]+', " ", words)
    return " ".join(kept.split())[:LONGEST_NAME].strip(" .") or "untitled"


def value_of(cell: Any) -> Value:
    return json.dumps(cell, ensure_ascii=False, default=plain) if isinstance(cell, dict | list) else cell


def plain(value: Any) -> str:
    """What JSON has no word for."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot stand in somebody's data.")
