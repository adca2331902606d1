"""A folder held against what the site knows of it, file by file, both in the order of their paths."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from musicapp.database import session
from plugins.catalog.models import FolderFile
from plugins.catalog.services.folders.walking import Found

ROWS_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Known:
    """A file as it was when it was last read."""

    id: int
    path: bytes
    size_bytes: int
    mtime_ns: int
    song_id: int | None
    words_sha256: str
    refused: bool
    vanished_at: datetime | None


COLUMNS = (
    FolderFile.id,
    FolderFile.path,
    FolderFile.size_bytes,
    FolderFile.mtime_ns,
    FolderFile.song_id,
    FolderFile.words_sha256,
    (FolderFile.problem != "").label("refused"),
    FolderFile.vanished_at,
)
Pair = tuple[Found | None, Known | None]


def compared(found: Iterator[Found], known: Iterator[Known]) -> Iterator[Pair]:
    """Each file with what is known of it; None stands for what is only there, or only known."""
    file, row = next(found, None), next(known, None)
    while file is not None or row is not None:
        if row is None or (file is not None and file.path < row.path):
            yield file, None
            file = next(found, None)
        elif file is None or row.path < file.path:
            yield None, row
            row = next(known, None)
        else:
            yield file, row
            file, row = next(found, None), next(known, None)


def known_below(root: bytes) -> Iterator[Known]:
    """What is known of a folder, page by page, so that the largest collection takes no more memory than a small one."""
    return (Known(*row) for row in paged(sa.select(*COLUMNS), root))


def refused_below(root: bytes) -> Iterator[tuple[bytes, str]]:
    """The files of a folder that the site does not take as they are, and why not."""
    query = sa.select(FolderFile.path, FolderFile.problem).where(FolderFile.problem != "")
    return ((row.path, row.problem) for row in paged(query, root))


def paged(query: Any, root: bytes) -> Iterator[Any]:
    """The rows of files below a folder, in the order of their paths."""
    after, end = inside(root)
    while True:
        page = query.where(FolderFile.path > after, FolderFile.path < end).order_by(FolderFile.path)
        rows = session().execute(page.limit(ROWS_AT_ONCE)).all()
        session().rollback()
        yield from rows
        if len(rows) < ROWS_AT_ONCE:
            return
        after = rows[-1].path


def inside(root: bytes) -> tuple[bytes, bytes]:
    """The bounds, both excluded, of all paths below a folder."""
    start = root.rstrip(b"/") + b"/"
    return start, start[:-1] + b"0"  # the byte after a slash


def is_unchanged(file: Found, known: Known) -> bool:
    """Whether a file is as it was, by its size and time of change."""
    return file.size_bytes == known.size_bytes and file.mtime_ns == known.mtime_ns
