"""Making a backup: written beside its name, read again to its last byte, and only then called by it."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import sqlalchemy as sa
from flask import Flask

import musicapp
from musicapp.backup.archive import Archive, Progress, written
from musicapp.backup.checking import check
from musicapp.backup.contents import count_rows, recorded_revisions
from musicapp.backup.gathering import MEDIA, Gathered, whole_snapshot
from musicapp.backup.manifest import DATABASES, Kind, Manifest
from musicapp.backup.places import PART, one_at_a_time, target_of
from musicapp.backup.postgres import program
from musicapp.backup.problems import BackupFailed
from musicapp.backup.snapshots import size_bytes, snapshot
from musicapp.clock import now
from musicapp.database import db
from musicapp.storage import NotStored, Store
from musicapp.storage.keys import named_keys
from musicapp.storage.store import sync_folder

MEDIA_LIST = "media.txt"
# What the owner of a site lays into its folder: secrets that were made there, own templates, plugins dropped in.
OWNERS = ("secrets", "templates", "plugins")
SECRETS = ("secret_key", "security_password_salt")
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
            program("pg_dump"), program("pg_restore")
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


def fill(app: Flask, engine: sa.Engine, gathered: Gathered, *, copy_media: bool) -> Manifest:
    """Write all members of a backup; what it says of itself."""
    archive = gathered.archive
    for folder in OWNERS:
        add_folder(archive, Path(app.config["INSTANCE"]), folder)
    kind: Kind = "sqlite" if engine.dialect.name == "sqlite" else "postgresql"
    copy = gathered.scratch / DATABASES[kind]
    media: Literal["copied", "listed", "left"]
    if copy_media:
        with whole_snapshot(engine, db.metadata, gathered) as (taken, missing):
            moment, rows, revisions = now(), count_rows(taken.connection), recorded_revisions(taken.connection)
            taken.write(copy)
        media, files, files_bytes = "copied", len(gathered.copied), gathered.size_bytes
    else:
        with snapshot(engine) as taken:
            moment, rows, revisions = now(), count_rows(taken.connection), recorded_revisions(taken.connection)
            keys = set(named_keys(taken.connection, db.metadata))
            taken.write(copy)
        missing = keys - set(gathered.store.walk())
        archive.add_bytes(MEDIA_LIST, "".join(f"{key}\n" for key in sorted(keys)).encode(), int(moment.timestamp()))
        media, files, files_bytes = "listed", len(keys), 0
    archive.add_file(DATABASES[kind], copy)
    copy.unlink()
    return Manifest(
        made_at=moment.isoformat(timespec="seconds"),
        version=musicapp.__version__,
        site_url=app.config["SITE_URL"],
        kind=kind,
        rows=rows,
        revisions=revisions,
        media=media,
        files=files,
        files_bytes=files_bytes,
        missing=sorted(missing),
        given=given_secrets(app),
    )


def given_secrets(app: Flask) -> list[str]:
    """The secrets that the settings name: no file of the site holds them."""
    kept = Path(app.config["INSTANCE"]) / "secrets"
    return [name for name in SECRETS if not (kept / name).exists()]


def add_folder(archive: Archive, instance: Path, name: str) -> None:
    """Add a folder of the owner's, without links and what Python compiled."""
    for folder, folders, names in os.walk(instance / name):
        folders[:] = sorted(set(folders) - {"__pycache__"})
        for path in (Path(folder) / file for file in sorted(names)):
            if path.is_file() and not path.is_symlink():
                archive.add_file(path.relative_to(instance).as_posix(), path)


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


__all__ = ["MEDIA", "Made", "make_backup"]
