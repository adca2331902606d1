"""Reading a backup to its last byte: every sum is right, the database is sound, and every row was counted again."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from musicapp.backup.archive import Progress, drained, members, reading
from musicapp.backup.contents import counted_tables
from musicapp.backup.manifest import DATABASES, MANIFEST, SUMS, Kind, Manifest, sums_from_bytes
from musicapp.backup.postgres import rows_in
from musicapp.backup.problems import NotWhole

Keep = Callable[[str], Path | None]
"""Says where a member is to be unpacked, or that it is only to be read."""


@dataclass(frozen=True)
class Checked:
    """A backup that is whole: what it says of itself, and the names of its members."""

    manifest: Manifest
    names: list[str]


def check(path: Path, scratch: Path, on_progress: Progress) -> Checked:
    """Read a backup and try its database, unpacked to `scratch` for that; NotWhole says what is wrong with it."""
    databases = set(DATABASES.values())
    checked = read_all(path, lambda name: scratch / name if name in databases else None, on_progress)
    database = scratch / checked.manifest.database
    try:
        check_database(checked.manifest.kind, database, checked.manifest.rows)
    finally:
        database.unlink(missing_ok=True)
    return checked


def read_all(path: Path, keep: Keep, on_progress: Progress) -> Checked:
    """Read every member, unpack some, and compare all with the sums at the end."""
    sums: dict[str, str] = {}
    kept: dict[str, bytes] = {}
    read_bytes, size_bytes = 0, path.stat().st_size
    with reading(path):
        for name, stream in members(path):
            if name in sums:
                raise NotWhole(f"{path.name} holds “{name}” twice, which no backup of musicapp does.")
            target = keep(name)
            if name in (MANIFEST, SUMS):
                kept[name] = stream.read()
                sums[name] = stream.digest.hexdigest()
            elif target is None:
                sums[name] = drained(stream)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                with target.open("xb") as file:
                    sums[name] = drained(stream, file)
            read_bytes = min(read_bytes + stream.size_bytes, size_bytes)
            on_progress(read_bytes, size_bytes)
    on_progress(size_bytes, size_bytes)
    return Checked(compared(path, sums, kept), list(sums))


def compared(path: Path, sums: dict[str, str], kept: Mapping[str, bytes]) -> Manifest:
    """What the backup says of itself, once every member is the one that was written."""
    if SUMS not in kept or MANIFEST not in kept:
        raise NotWhole(f"{path.name} ends too early, or is no backup of musicapp. Take another one.")
    listed = sums_from_bytes(kept[SUMS])
    found = {name: digest for name, digest in sums.items() if name != SUMS}
    if wrong := [name for name in listed.keys() | found.keys() if listed.get(name) != found.get(name)]:
        raise NotWhole(f"{path.name} is damaged: {len(wrong):,} of its files, as “{min(wrong)}”. Take another one.")
    manifest = Manifest.from_bytes(kept[MANIFEST])
    if manifest.database not in found:
        raise NotWhole(f"{path.name} holds no database.")
    return manifest


def check_database(kind: Kind, path: Path, rows: Mapping[str, int] | None = None) -> None:
    """Try a copy of a database, and count its rows where it is known how many they were; NotWhole tells."""
    found = sound_rows(path) if kind == "sqlite" else rows_in(path)
    if rows is not None and found != dict(rows):
        other = sorted(name for name in found.keys() | rows.keys() if found.get(name) != rows.get(name))
        raise NotWhole(f"The database has other rows than were counted, as in {other[0]}.")


def sound_rows(path: Path) -> dict[str, int]:
    """The rows of an SQLite file by table, after SQLite has looked through every page of it."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
            if answer != "ok":
                raise NotWhole(f"The database is damaged: {answer}.")
            tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~'"
            names = [name for (name,) in connection.execute(tables)]
            count = 'SELECT count(*) FROM "{}"'
            return {name: connection.execute(count.format(name)).fetchone()[0] for name in counted_tables(names)}
    except sqlite3.DatabaseError as error:
        raise NotWhole(f"The database is damaged: {error}.") from error
