"""The audit log as a sheet."""

import json
from collections.abc import Iterable, Iterator

from musicapp.audit.reading import ActRow
from musicapp.sheets import Column, Value
from musicapp.sheets.writing import CsvStream

CHUNK_BYTES = 64 * 1024
COLUMNS = [
    Column("number", "The number of the act; later ones are higher.", "whole number"),
    Column("at", "When it was done.", "moment"),
    Column("by number", "The account that did it; empty where the site acted by itself.", "whole number"),
    Column("by", "What they go by now; empty for who is gone."),
    Column("action", "What was done."),
    Column("about", "To which kind of thing."),
    Column("about number", "To which one.", "whole number"),
    Column("title", "What that was called then."),
    Column("reason", "Why."),
    Column("details", "What else is known, as JSON."),
]


def sheet(acts: Iterable[ActRow]) -> Iterator[bytes]:
    """The acts as CSV, a piece at a time."""
    stream = CsvStream(COLUMNS, map(row, acts))
    while chunk := stream.read(CHUNK_BYTES):
        yield chunk


def row(act: ActRow) -> list[Value]:
    details = json.dumps(act.details, ensure_ascii=False) if act.details else ""
    about = (act.about_kind, act.about_id, act.title or act.about_name)
    return [act.id, act.at, act.by_id, act.by_name, act.action, *about, act.reason, details]
