"""Copying the files that rows name, while rows and files come and go.

A file never changes and never comes back under its key; it goes only after its row has gone. So the files are copied
first, as the rows name them now, and then the moment is sought at which all that the rows name is in the archive: a
snapshot is taken, the few new files are copied, and when one of them has gone meanwhile, the next snapshot no longer
names it. The one that closes the search is the database of the backup.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from musicapp.backup.archive import Archive, Progress
from musicapp.backup.snapshots import Snapshot, snapshot
from musicapp.storage import NotStored, Store
from musicapp.storage.keys import named_keys, unknown_tables

MEDIA = "media/"


@dataclass
class Gathered:
    """The files of an archive so far: the keys that are in it, and those that were not there to be copied."""

    archive: Archive
    store: Store
    scratch: Path
    progress: Progress
    copied: set[str] = field(default_factory=set)
    absent: set[str] = field(default_factory=set)
    size_bytes: int = 0

    def add(self, keys: Iterable[str]) -> set[str]:
        """Copy what is not there yet; the keys whose files had gone."""
        wanted = sorted(set(keys) - self.copied - self.absent)
        gone, before = set(), len(self.copied)
        for number, key in enumerate(wanted):
            self.progress(before + number, before + len(wanted))
            try:
                with self.store.borrowed(key, self.scratch) as path:
                    self.size_bytes += self.archive.add_file(MEDIA + key, path)
                self.copied.add(key)
            except (NotStored, FileNotFoundError):
                gone.add(key)
        self.absent |= gone
        return gone


@contextmanager
def whole_snapshot(engine: sa.Engine, metadata: sa.MetaData, gathered: Gathered) -> Iterator[tuple[Snapshot, set[str]]]:
    """A snapshot of which every file is in the archive, and the keys that it names without a file anywhere."""
    with snapshot(engine) as first:
        wanted = wanted_keys(first.connection, metadata, gathered.store)
    gathered.add(wanted)  # most of the time passes here, while nothing is held
    while True:
        with snapshot(engine) as taken:
            named = set(named_keys(taken.connection, metadata))
            if not gathered.add(named):
                yield taken, named & gathered.absent
                return


def wanted_keys(connection: sa.Connection, metadata: sa.MetaData, store: Store) -> set[str]:
    """The keys that rows name. Where tables lie whose plugin does not run, nobody knows which of their columns name
    files, so every file of the store is wanted, but for those that are made anew."""
    named = set(named_keys(connection, metadata))
    if not unknown_tables(connection, metadata):
        return named
    passing = set(named_keys(connection, metadata, passing=True)) - named
    return named | (set(store.walk()) - passing)
