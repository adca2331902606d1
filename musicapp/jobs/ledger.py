"""The ledger of scheduled jobs: every period that is due becomes one job, however often and late one looks."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import UNSYNCED, session, writing
from musicapp.jobs.models import ScheduledRun
from musicapp.jobs.queue import enqueue, insert_once
from musicapp.jobs.schedule import Due
from musicapp.plugins.declared import JobKind
from musicapp.plugins.site import current_site

log = logging.getLogger(__name__)

FIRST_SEEN = "first seen"


@dataclass(frozen=True)
class Planned:
    """A scheduled job as the admin sees it: what its schedule says, when it was last due and when it is next."""

    kind: str
    says: str
    last_due_at: datetime | None
    next_due_at: datetime


def site_zone() -> ZoneInfo:
    """The time zone of the site's days; UTC when the setting names none that exists."""
    from musicapp.site.stored_settings import site_settings

    name = site_settings().time_zone
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        log.error("There is no time zone “%s”; schedules use UTC. Correct it in the site's settings.", name)
        return ZoneInfo("UTC")


def scheduled_kinds() -> list[JobKind]:
    return [kind for kind in current_site().jobs.values() if kind.schedule is not None]


def make_due_periods(at: datetime) -> None:
    """Insert a job for every period that has ended by `at` and was not made; one bad schedule costs only itself."""
    zone = site_zone()
    for kind in scheduled_kinds():
        try:
            make_periods(kind, at, zone)
        except Exception:
            log.exception("The periods of %s could not be made.", kind.kind)


def make_periods(kind: JobKind, at: datetime, zone: ZoneInfo) -> None:
    newest = newest_run(kind.kind)
    if newest is None:
        with writing():
            insert_once(ScheduledRun, {"kind": kind.kind, "period": FIRST_SEEN, "due_at": at}, ScheduledRun.period)
        return
    period, last_due_at = newest
    dues = list(kind.schedule.dues(last_due_at, at, zone))
    if not dues:
        return
    since = kind.schedule.before(dues[0].at, zone) if period == FIRST_SEEN else last_due_at
    with writing():
        for due in dues:
            if make_period(kind.kind, due, since):
                since = due.at


def newest_run(kind: str) -> tuple[str, datetime] | None:
    newest = (
        sa.select(ScheduledRun.period, ScheduledRun.due_at)
        .where(ScheduledRun.kind == kind)
        .order_by(ScheduledRun.due_at.desc())
        .limit(1)
    )
    row = session().execute(newest).first()
    session().rollback()
    return (row.period, row.due_at) if row else None


def make_period(kind: str, due: Due, since: datetime) -> bool:
    """Make the job of one period, unless the ledger has it; the unique row settles it between two sweeps."""
    row = {"kind": kind, "period": due.period, "due_at": due.at}
    if insert_once(ScheduledRun, row, ScheduledRun.period) is None:
        return False
    payload = {"period": due.period, "since": since.isoformat(), "until": due.at.isoformat()}
    job_id = enqueue(kind, payload, key=f"period {due.period}", run_after=due.at)
    noted = sa.and_(ScheduledRun.kind == kind, ScheduledRun.period == due.period)
    session().execute(sa.update(ScheduledRun).where(noted).values(job_id=job_id).execution_options(**UNSYNCED))
    return True


def clear_old_periods(older_than: datetime) -> None:
    """Forget periods that were due before a moment; it must lie further back than any schedule's period is long."""
    with writing() as unit:
        unit.execute(sa.delete(ScheduledRun).where(ScheduledRun.due_at < older_than).execution_options(**UNSYNCED))


def timetable() -> list[Planned]:
    """What is scheduled, the next first."""
    zone, at, kinds = site_zone(), now(), scheduled_kinds()
    last = last_due([kind.kind for kind in kinds])
    planned = [
        Planned(kind.kind, str(kind.schedule), last[kind.kind], kind.schedule.following(at, zone).astimezone(UTC))
        for kind in kinds
    ]
    return sorted(planned, key=lambda one: one.next_due_at)


def last_due(kinds: Sequence[str]) -> dict[str, datetime | None]:
    """When each kind was last due, by one question that takes one step in the index for each, however long the ledger
    is."""
    if not kinds:
        return {}
    last = [
        sa.select(sa.func.max(ScheduledRun.due_at))
        .where(ScheduledRun.kind == kind, ScheduledRun.period != FIRST_SEEN)
        .scalar_subquery()
        for kind in kinds
    ]
    return dict(zip(kinds, session().execute(sa.select(*last)).one(), strict=True))
