"""Making a backup: written beside its name, read again to its last byte, and only then called by it."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from musicapp.backup.archive import Progress, written
from musicapp.backup.checking import check
from musicapp.backup.filling import fill
from musicapp.backup.gathering import Gathered
from musicapp.backup.manifest import Manifest
from musicapp.backup.places import PART, one_at_a_time, target_of
from musicapp.backup.postgres import program
from musicapp.backup.problems import BackupFailed
from musicapp.backup.snapshots import size_bytes, snapshot
from musicapp.database import db
from musicapp.storage import NotStored, Store
from musicapp.storage.keys import named_keys
from musicapp.storage.store import sync_folder

MB = 1 << 20
SPARE_BYTES = 64 * MB


@dataclass(frozen=True)
class Made:
    """A backup that was made and checked."""

    path: Path
    manifest: Manifest

    @property
    def size_bytes(self) -> int:
        return self.path.stat().st_size


def make_backup(app: Flask, place: Path, *, copy_media: bool, on_copied: Progress, on_checked: Progress) -> Made:
    """Save a site as it is at one moment, while it goes on; BackupFailed says why not."""
    target = target_of(place.absolute())
    if target.exists():
        raise BackupFailed(f"{target} exists already. Choose another name; a backup is never written over.")
    with app.app_context(), one_at_a_time(target.parent) as scratch:
        engine = db.engine
        if engine.dialect.name == "postgresql":
            for name in ("pg_dump", "pg_restore"):
                program(name)
        store: Store = app.extensions["media_store"]
        refuse_without_room(engine, store, target.parent, copy_media=copy_media)
        part = target.with_name(f"musicapp-{os.getpid()}-{target.name}{PART}")
        try:
            with written(part) as archive:
                gathered = Gathered(archive, store, scratch, on_copied)
                manifest = fill(app, engine, gathered, copy_media=copy_media)
                archive.close_with(manifest)
            check(part, scratch, on_checked)
            part.replace(target)
        except OSError as error:
            raise BackupFailed(f"The backup could not be written: {error.strerror or error}.") from error
        finally:
            part.unlink(missing_ok=True)
        sync_folder(target.parent)
    return Made(target, manifest)


def refuse_without_room(engine: sa.Engine, store: Store, folder: Path, *, copy_media: bool) -> None:
    """Find out before an hour of copying that the disk is too small: music, the database, and its copy on the way."""
    with snapshot(engine) as taken:
        needed = 2 * size_bytes(taken.connection) + SPARE_BYTES
        keys = set(named_keys(taken.connection, db.metadata)) if copy_media and not store.origin else set()
    for key in keys:
        try:
            needed += store.path(key).stat().st_size
        except (NotStored, FileNotFoundError):
            continue
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise BackupFailed(
            f"A backup takes about {needed // MB:,} MB, and {folder} has room for {free // MB:,} MB. "
            "Make room there, or choose another folder."
        )
