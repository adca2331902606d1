"""The copy of the database that every upgrade of its tables leaves behind; `flask restore` brings one back."""

import logging
import sqlite3
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from musicapp.backup.places import STAMP
from musicapp.backup.problems import BackupFailed, CutOff
from musicapp.backup.snapshots import snapshot
from musicapp.clock import now

log = logging.getLogger(__name__)

KEPT_COPIES = 3
ONE_START = timedelta(minutes=10)
"""Plugins are upgraded one by one, by whichever process comes first; so long after a copy they belong to one upgrade,
whose first state is the one worth having."""


def copy_before_upgrade(engine: sa.Engine, folder: Path) -> Path | None:
    """Keep the state of a database from before its upgrade: SQLite's beside it, PostgreSQL's in `folder`.

    The upgrade goes on without one where pg_dump is missing or fails, or the disk takes no copy: who cannot start a
    site cannot mend it either. Where somebody ended it, the start ends too (SystemExit), and the next one copies anew.
    """
    stem = copies_of(engine, folder)
    if stem is None or copied_lately(stem):
        return None
    target = named(stem, now())
    part = target.with_name(f"{target.name}.part")
    try:
        stem.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with snapshot(engine) as taken:
            part.touch(mode=0o600)
            taken.write(part)
        part.replace(target)
    except CutOff as problem:
        raise SystemExit(f"The database is not upgraded, since its copy could not be finished. {problem}") from problem
    except (BackupFailed, OSError, sqlite3.Error) as problem:
        log.warning("The database is upgraded without a copy of it. %s", problem)
        return None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return target


def settle(copy: Path, *, upgraded: bool) -> None:
    """Once the upgrade has been tried: a copy of what did not change goes again, any other makes old ones go.

    Else every start of a site whose upgrade fails would push out the copy from before the one that went well.
    """
    stem = copy.with_name(copy.name.rpartition(".before-")[0])
    for path in kept_copies(stem)[:-KEPT_COPIES] if upgraded else [copy]:
        try:
            path.unlink(missing_ok=True)
        except OSError as problem:
            log.warning("A copy of the database could not be removed. %s", problem)


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
