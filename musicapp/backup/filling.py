"""What goes into a backup: the owner's files, the database of one moment, and the music of the same moment."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import sqlalchemy as sa
from flask import Flask

import musicapp
from musicapp.backup.archive import Archive
from musicapp.backup.contents import count_rows, recorded_revisions
from musicapp.backup.gathering import Gathered, whole_snapshot
from musicapp.backup.manifest import DATABASES, MEDIA_LIST, Kind, Manifest
from musicapp.backup.snapshots import Snapshot, snapshot
from musicapp.database import db
from musicapp.storage.keys import named_keys

# What the owner of a site lays into its folder: secrets that were made there, own templates, plugins dropped in.
OWNERS = ("secrets", "templates", "plugins")
SECRETS = ("secret_key", "security_password_salt")


@dataclass(frozen=True)
class Moment:
    """The database that was written to a file, counted in the same snapshot."""

    at: datetime
    rows: dict[str, int]
    revisions: dict[str, list[str]]


@dataclass(frozen=True)
class Music:
    """The files of that moment: how many, how large where they were copied, and the keys that name none."""

    way: Literal["copied", "listed"]
    files: int
    size_bytes: int
    missing: set[str]


def fill(app: Flask, engine: sa.Engine, gathered: Gathered, *, copy_media: bool) -> Manifest:
    """Write all members of a backup; what it says of itself."""
    archive, instance = gathered.archive, Path(app.config["INSTANCE"])
    for folder in OWNERS:
        add_folder(archive, instance, folder)
    kind: Kind = "sqlite" if engine.dialect.name == "sqlite" else "postgresql"
    database = gathered.scratch / DATABASES[kind]
    moment, music = (copied if copy_media else listed)(engine, gathered, database)
    archive.add_file(DATABASES[kind], database)
    database.unlink()
    return Manifest(
        made_at=moment.at.isoformat(timespec="seconds"),
        version=musicapp.__version__,
        site_url=app.config["SITE_URL"],
        kind=kind,
        rows=moment.rows,
        revisions=moment.revisions,
        media=music.way,
        files=music.files,
        files_bytes=music.size_bytes,
        missing=sorted(music.missing),
        given=given_secrets(app),
    )


def copied(engine: sa.Engine, gathered: Gathered, database: Path) -> tuple[Moment, Music]:
    """Every file that the rows name, then the database of the moment at which that is all of them."""
    with whole_snapshot(engine, db.metadata, gathered) as (taken, missing):
        moment = written_moment(taken, database)
    return moment, Music("copied", len(gathered.copied), gathered.size_bytes, missing)


def listed(engine: sa.Engine, gathered: Gathered, database: Path) -> tuple[Moment, Music]:
    """The database, and a list of the files that stay in their store."""
    with snapshot(engine) as taken:
        keys = set(named_keys(taken.connection, db.metadata))
        moment = written_moment(taken, database)
    lines = "".join(f"{key}\n" for key in sorted(keys))
    gathered.archive.add_bytes(MEDIA_LIST, lines.encode(), int(moment.at.timestamp()))
    return moment, Music("listed", len(keys), 0, keys - set(gathered.store.walk()))


def written_moment(taken: Snapshot, path: Path) -> Moment:
    moment = Moment(taken.at, count_rows(taken.connection), recorded_revisions(taken.connection))
    taken.write(path)
    return moment


def add_folder(archive: Archive, instance: Path, name: str) -> None:
    """Add a folder of the owner's, without links and what Python compiled."""
    for folder, folders, names in os.walk(instance / name):
        folders[:] = sorted(set(folders) - {"__pycache__"})
        for path in (Path(folder) / file for file in sorted(names)):
            if path.is_file() and not path.is_symlink():
                archive.add_file(path.relative_to(instance).as_posix(), path)


def given_secrets(app: Flask) -> list[str]:
    """The secrets that the settings name, which no file of the site holds."""
    kept = Path(app.config["INSTANCE"]) / "secrets"
    return [name for name in SECRETS if text_of(kept / name) != app.config[name.upper()]]


def text_of(path: Path) -> str:
    try:
        return path.read_text()
    except FileNotFoundError:
        return ""
