"""Whether the files that the catalogue names are there, and those that are there are named.

Both are gone through in batches: the store's keys are looked up in the tables, and the tables' keys in the store.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.storage import NotStored, media_store
from plugins.catalog.models import Cover, PartialUpload, Song, SongVersion
from plugins.catalog.services.unworn_covers import is_unworn

AT_ONCE = 500
AN_HOUR_S = 60 * 60
A_WEEK = timedelta(days=7)
# The shelves of the store that music and its pictures lie on; other plugins may keep files on others.
OURS = ("audio/", "covers/", "versions/")
# What the catalogue keeps in the store: a row's number, what it is called, and its file.
KEPT: tuple[tuple[str, Any, Any], ...] = (
    ("song", Song.id, Song.audio_key),
    ("version of song", SongVersion.song_id, SongVersion.audio_key),
    ("cover", Cover.id, Cover.key_96),
    ("cover", Cover.id, Cover.key_300),
    ("cover", Cover.id, Cover.key_600),
)


@dataclass(frozen=True)
class Missing:
    """A row and the file that it names and the store has not."""

    what: str
    id: int
    key: str


def missing_files() -> Iterator[Missing]:
    """The files that rows name and the store has not."""
    for what, row_id, key in KEPT:
        for number, name in rows_with(row_id, key):
            if not media_store().exists(name):
                yield Missing(what, number, name)


def rows_with(row_id: Any, key: Any) -> Iterator[tuple[int, str]]:
    """Numbers and keys of one kind of row, by number."""
    after = 0
    while True:
        page = sa.select(row_id, key).where(row_id > after, key.is_not(None)).order_by(row_id).limit(AT_ONCE)
        rows = session().execute(page).all()
        session().rollback()
        yield from ((number, name) for number, name in rows)
        if len(rows) < AT_ONCE:
            return
        after = rows[-1][0]


def orphan_files(older_than_s: float = AN_HOUR_S) -> Iterator[str]:
    """The keys of stored music and covers that no row names; young ones are left out: their rows may be on the way."""
    keys = (key for key in media_store().walk() if key.startswith(OURS))
    while batch := list(islice(keys, AT_ONCE)):
        unknown = set(batch) - named_among(batch)
        yield from sorted(key for key in unknown if is_older(key, older_than_s))


def named_among(keys: list[str]) -> set[str]:
    """Those of these keys that a row names."""
    found: set[str] = set()
    for _, _, key in KEPT:
        found.update(session().scalars(sa.select(key).where(key.in_(keys))))
    growing = {key.rpartition("/")[2]: key for key in keys}
    arriving = session().scalars(sa.select(PartialUpload.id).where(PartialUpload.id.in_(growing)))
    found.update(growing[upload_id] for upload_id in arriving)
    session().rollback()
    return found


def is_older(key: str, seconds: float) -> bool:
    try:
        return media_store().came_at(key) < time.time() - seconds
    except NotStored:
        return False


def unworn_covers() -> Iterator[int]:
    """The numbers of covers that nothing wears any more, kept for a week."""
    unworn = sa.and_(Cover.created_at < now() - A_WEEK, is_unworn())
    after = 0
    while True:
        page = sa.select(Cover.id).where(unworn, Cover.id > after).order_by(Cover.id).limit(AT_ONCE)
        ids = session().scalars(page).all()
        session().rollback()
        yield from ids
        if len(ids) < AT_ONCE:
            return
        after = ids[-1]
