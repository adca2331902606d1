"""The backup of every night: whether it is due, how the last one ended, and how old the newest is."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from musicapp.backup.places import kept_backups, made_at, remove_old
from musicapp.clock import now
from musicapp.database import session
from musicapp.jobs.models import Job

if TYPE_CHECKING:
    from musicapp.backup.archive import Progress

log = logging.getLogger(__name__)

KIND = "site.backup"
LATE = timedelta(hours=26)
"""A night and the time that a large backup takes."""


@dataclass(frozen=True)
class Nights:
    """What there is of nightly backups; `problem` is why the last one failed, until one is made."""

    folder: Path | None
    newest_at: datetime | None
    first_due_at: datetime | None
    problem: str

    @property
    def is_late(self) -> bool:
        """Whether there should have been a newer one by now."""
        since = self.newest_at or self.first_due_at
        return since is not None and now() - since > LATE


def folder_of(app: Flask) -> Path | None:
    """Where the settings want the backups of every night, or nowhere."""
    return Path(app.config["BACKUP_FOLDER"]).expanduser().absolute() if app.config["BACKUP_FOLDER"] else None


def save_the_night(app: Flask, due_at: datetime, on_progress: "Progress") -> Path | None:
    """Make the backup of one night, unless a newer one is there or none is wanted, and remove what is too old."""
    from musicapp.backup.making import make_backup

    folder = folder_of(app)
    if folder is None:
        return None
    newest = newest_at(folder)
    if newest is not None and newest >= due_at:
        return None
    made = make_backup(
        app, folder, copy_media=not app.config["S3_BUCKET"], on_copied=on_progress, on_checked=lambda done, total: None
    )
    remove_old(folder, app.config["BACKUP_KEEP"])
    log.info("The site is saved in %s.", made.path)
    return made.path


def newest_at(folder: Path) -> datetime | None:
    backups = kept_backups(folder)
    return made_at(backups[0]) if backups else None


def nights() -> Nights:
    """How it is with the backups of every night."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    folder = folder_of(app)
    if folder is None:
        return Nights(None, None, None, "")
    made = newest_at(folder)
    first_due_at, problem = ledger(made)
    return Nights(folder, made, first_due_at, problem)


def ledger(made: datetime | None) -> tuple[datetime | None, str]:
    """When the first of the jobs that are still known was due, and why the newest failed if it did."""
    jobs = sa.select(Job.created_at, Job.last_error).where(Job.kind == KIND)
    try:
        newest = session().execute(jobs.order_by(Job.id.desc()).limit(1)).first()
        first = session().execute(jobs.order_by(Job.id).limit(1)).first()
    except SQLAlchemyError:
        session().rollback()
        return None, ""
    has_failed = newest is not None and newest.last_error and (made is None or made < newest.created_at)
    return (first.created_at if first else None), newest.last_error if newest and has_failed else ""
