"""Folders and disks: whether the site may write where it must, to whom that belongs, and how much room is left."""

import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from musicapp.backup.words import sized
from musicapp.doctor.findings import Finding

WRITTEN = ("", "media", "cache", "run", "spool", "secrets")
MB = 1 << 20
TOO_LITTLE_BYTES = 200 * MB


def folders(app: Flask) -> Iterator[Finding]:
    """Whether a file can be written in each folder that the site writes to, and all of it has one owner."""
    instance = Path(app.config["INSTANCE"])
    shut = [path for path in (instance / name for name in WRITTEN) if path.exists() and not takes_a_file(path)]
    for path in shut:
        says = f"{account(os.geteuid())} may not write to {path}, which belongs to {account(path.stat().st_uid)}."
        yield Finding("folders", "wrong", says, f"Type: chown -R {account(os.geteuid())} {path}")
    owner = instance.stat().st_uid
    strange = [path for path in (*instance.glob("*"), *instance.glob("*/*")) if path.lstat().st_uid != owner]
    if strange:
        yield Finding(
            "folders",
            "warning",
            f"{strange[0]} belongs to {account(strange[0].lstat().st_uid)}, the folder to {account(owner)}"
            f"{f', and so it is with {len(strange) - 1} more' if len(strange) > 1 else ''}.",
            f"Somebody ran a command as another account. Type: chown -R {account(owner)} {instance}",
        )
    if open_to_all := [path for path in (instance, *database_files(app)) if path.stat().st_mode & 0o006]:
        says = f"Everybody on this machine may read {open_to_all[0]}."
        yield Finding("folders", "warning", says, f"Type: chmod o-rw {' '.join(map(str, open_to_all))}")
    elif not shut and not strange:
        yield Finding("folders", "well", f"The site may write to its folders, and all in {instance} is its own.")


def database_files(app: Flask) -> list[Path]:
    """SQLite's files, where others may go through the folder to them."""
    url = sa.make_url(app.config["SQLALCHEMY_DATABASE_URI"])
    if (
        url.get_backend_name() != "sqlite"
        or not url.database
        or not Path(app.config["INSTANCE"]).stat().st_mode & 0o001
    ):
        return []
    return [path for end in ("", "-wal") if (path := Path(url.database + end)).exists()]


def takes_a_file(folder: Path) -> bool:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def account(number: int) -> str:
    """The name of an account of this machine, or its number where it has none."""
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def space(app: Flask) -> Iterator[Finding]:
    """How much room is left where the site writes and where its backups lie."""
    instance, backups = Path(app.config["INSTANCE"]), app.config["BACKUP_FOLDER"]
    places = {instance, *([Path(backups).expanduser()] if backups else [])}
    for place in sorted(path for path in places if path.is_dir()):
        room = shutil.disk_usage(place)
        says = f"{sized(room.free)} of {sized(room.total)} are free on the disk of {place}."
        if room.free < TOO_LITTLE_BYTES:
            yield Finding("space", "wrong", says, "Make room now: uploads and the database itself stop without it.")
        elif room.free < app.config["DISK_FREE_MB"] * MB:
            yield Finding("space", "warning", says, "Make room, or bring the folder to a larger disk.")
        else:
            yield Finding("space", "well", says)
