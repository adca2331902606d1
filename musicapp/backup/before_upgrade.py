"""The copy of the database that every upgrade of its tables leaves behind; `flask restore` brings one back."""

import logging
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from musicapp.backup.places import STAMP
from musicapp.backup.problems import BackupFailed
from musicapp.backup.snapshots import snapshot
from musicapp.clock import now

log = logging.getLogger(__name__)

KEPT_COPIES = 3
ONE_START = timedelta(minutes=10)
"""Plugins are upgraded one by one, by whichever process comes first; so long after a copy they belong to one upgrade,
whose first state is the one worth having."""


def copy_before_upgrade(engine: sa.Engine, folder: Path) -> Path | None:
    """Keep the last few states of a database from before its upgrades: SQLite's beside it, PostgreSQL's in `folder`.

    The upgrade goes on without one where pg_dump is missing or fails: who cannot start a site cannot mend it either.
    """
    stem = copies_of(engine, folder)
    if stem is None or copied_lately(stem):
        return None
    target = named(stem, now())
    part = target.with_name(f"{target.name}.part")
    stem.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with snapshot(engine) as taken:
            part.touch(mode=0o600)
            taken.write(part)
        part.replace(target)
    except BackupFailed as problem:
        log.warning("The database is upgraded without a copy of it. %s", problem)
        return None
    finally:
        part.unlink(missing_ok=True)
    for old in kept_copies(stem)[:-KEPT_COPIES]:
        old.unlink()
    return target


def copies_of(engine: sa.Engine, folder: Path) -> Path | None:
    """What the copies' names begin with; nothing for a database that is in memory only."""
    if engine.dialect.name != "sqlite":
        return folder / "before-upgrade" / f"{engine.url.database}.pgdump"
    return Path(engine.url.database) if engine.url.database else None


def kept_copies(stem: Path) -> list[Path]:
    """The copies, the oldest first."""
    return sorted(path for path in stem.parent.glob(f"{stem.name}.before-*") if path.suffix != ".part")


def copied_lately(stem: Path) -> bool:
    return any(path.name > named(stem, now() - ONE_START).name for path in kept_copies(stem))


def named(stem: Path, at: datetime) -> Path:
    return stem.with_name(f"{stem.name}.before-{at.strftime(STAMP)}")
