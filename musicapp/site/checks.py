"""The kernel's checks of what the site stands on: its tables, the disk, and the clocks."""

import shutil
from datetime import timedelta
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.exc import DBAPIError

from musicapp import migrating
from musicapp.clock import now
from musicapp.database import db, session
from musicapp.jobs.models import Sweep
from musicapp.plugins.site import current_site
from musicapp.site.found import Health

MB = 1_000_000
GB = 1_000_000_000
DRIFT = timedelta(seconds=30)


def migrations() -> Health:
    """Whether the tables of all running plugins are those that this process was written for; one question."""
    folders = {plugin.name: Path(plugin.root_path) / "migrations" for plugin in current_site().plugins}
    folders = {name: folder for name, folder in folders.items() if revisions(folder)}
    try:
        found = recorded(list(folders))
    except DBAPIError:
        session().rollback()
        remedy = "Start the site again: it makes the tables that are missing."
        return Health("migrations", "down", "which tables there are cannot be told", remedy)
    behind = [name for name, folder in folders.items() if not newest(folder) <= found[name]]
    ahead = [name for name, folder in folders.items() if found[name] - revisions(folder)]
    if ahead:
        remedy = "The database was upgraded by newer code than this process runs: start the site again with that code."
        return Health("migrations", "degraded", f"the tables are newer than the code: {', '.join(ahead)}", remedy)
    if behind:
        remedy = "Start the site again: it brings its tables up to date, and its log says what keeps it from that."
        return Health("migrations", "down", f"pending: {', '.join(behind)}", remedy)
    return Health("migrations", "ok", f"none pending, {len(folders)} plugins with tables")


@cache
def newest(folder: Path) -> frozenset[str]:
    """The revisions to which this process belongs; files that change later are another's."""
    return frozenset(migrating.newest(folder))


@cache
def revisions(folder: Path) -> frozenset[str]:
    """All revisions that this process knows of a plugin's tables."""
    texts = [path.read_text() for path in folder.glob("*.py")]
    return frozenset(match[2] for text in texts if (match := migrating.REVISION.search(text)))


def recorded(names: list[str]) -> dict[str, frozenset[str]]:
    """The revisions at which the tables of these plugins are."""
    tables = {name: sa.table(migrating.version_table(name), sa.column("version_num", sa.String)) for name in names}
    parts = [sa.select(sa.literal(name).label("name"), table.c.version_num) for name, table in tables.items()]
    found: dict[str, set[str]] = {name: set() for name in names}
    for name, revision in session().execute(sa.union_all(*parts)):
        found[name].add(revision)
    return {name: frozenset(at) for name, at in found.items()}


def disk() -> Health:
    """Whether there is room where the site keeps its things."""
    room = shutil.disk_usage(current_app.config["INSTANCE"])
    said = f"{room.free / GB:,.1f} GB of {room.total / GB:,.1f} GB free"
    if room.free >= current_app.config["DISK_FREE_MB"] * MB:
        return Health("disk", "ok", said)
    remedy = "Make room on it or move the instance folder to a larger one; uploads stop when it is full."
    return Health("disk", "degraded", said, remedy)


def clock() -> Health:
    """Whether this machine and the database have the same time, and nothing was written in what is still to come."""
    try:
        apart, ahead = drift()
    except DBAPIError:
        session().rollback()
        return Health("clock", "degraded", "unknown, because the database does not answer")
    remedy = "Let the clocks be set by NTP: log-ins, links in mails and schedules go by them."
    if apart > DRIFT:
        return Health("clock", "degraded", f"the database's clock is {apart.total_seconds():.0f} s away", remedy)
    if ahead > DRIFT:
        said = f"the worker last showed itself {ahead.total_seconds():.0f} s from now: the clock was set back"
        return Health("clock", "degraded", said, remedy)
    return Health("clock", "ok")


def drift() -> tuple[timedelta, timedelta]:
    """How far the database's clock is from ours, and how far the last sign of the worker lies in what is to come."""
    swept = sa.select(sa.func.max(Sweep.swept_at)).scalar_subquery()
    if db.engine.dialect.name == "postgresql":
        its_time, swept_at = session().execute(sa.select(sa.func.clock_timestamp(), swept)).one()
        apart = abs(its_time - now())
    else:
        swept_at, apart = session().scalar(sa.select(swept)), timedelta()
    return apart, max(timedelta(), swept_at - now()) if swept_at else timedelta()
