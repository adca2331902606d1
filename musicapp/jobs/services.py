"""What an admin may see of the jobs and do to them; for the page and for `flask jobs`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import CursorResult

from musicapp.clock import now
from musicapp.database import UNSYNCED, after_commit, session, writing
from musicapp.errors import Conflict, NotFound
from musicapp.jobs.doorbell import ring
from musicapp.jobs.events import JobCancelled
from musicapp.jobs.models import Job
from musicapp.paging import Order, Page, page_of
from musicapp.plugins.events import emit


@dataclass(frozen=True)
class JobRow:
    """A job in a list."""

    id: int
    kind: str
    state: str
    attempts: int
    last_error: str
    payload: dict[str, Any]
    created_at: datetime
    run_after: datetime
    finished_at: datetime | None
    rows_done: int | None
    rows_total: int | None
    started_at: datetime | None

    @property
    def percent(self) -> int | None:
        """How far a job is; None for one that does not say."""
        if self.rows_done is None or not self.rows_total:
            return None
        return min(100, 100 * self.rows_done // self.rows_total)


NEWEST = Order("newest", Job.id, Job.id, descending=True)
NEXT = Order("next", Job.run_after, Job.id)
OPEN = ("waiting", "running", "dead")
COLUMNS = [getattr(Job, name) for name in JobRow.__dataclass_fields__]


def jobs_in(state: str, limit: int = 50, cursor: str | None = None) -> Page[JobRow]:
    """Jobs in one state, the newest first; those that wait, the next first."""
    chosen = sa.select(*COLUMNS).where(Job.state == state)
    return page_of(chosen, order_of(state), job_row, limit=limit, cursor=cursor)


def first_in(states: Sequence[str], limit: int) -> dict[str, list[JobRow]]:
    """The first jobs in each of several states, sorted as in `jobs_in`, by one question to the database."""
    firsts = [
        order_of(state).sorted(sa.select(*COLUMNS).where(Job.state == state)).limit(limit).subquery()
        for state in states
    ]
    rows = [JobRow(*row) for row in session().execute(sa.union_all(*map(sa.select, firsts)))]
    return {state: sorted((row for row in rows if row.state == state), key=place_of) for state in states}


def order_of(state: str) -> Order:
    return NEXT if state == "waiting" else NEWEST


def place_of(row: JobRow) -> tuple[float, int]:
    return (row.run_after.timestamp(), row.id) if row.state == "waiting" else (0.0, -row.id)


def job_row(row: Any) -> JobRow:
    return JobRow(*row[: len(COLUMNS)])


def counted() -> dict[str, int]:
    """How many jobs wait, run and were given up."""
    states = sa.select(Job.state, sa.func.count().label("jobs")).where(Job.state.in_(OPEN)).group_by(Job.state)
    return dict.fromkeys(OPEN, 0) | {row.state: row.jobs for row in session().execute(states)}


def retry(job_id: int) -> None:
    """Give a dead job five new attempts, from now on."""
    with writing():
        change(job_id, ("dead",), fresh(), "Only a job that was given up can be tried again.")
        long = bool(session().execute(sa.select(Job.long).where(Job.id == job_id)).scalar())
        after_commit(lambda: ring(job_id, long=long))


def retry_all() -> int:
    """Give all dead jobs new attempts, which the sweep finds: how many there were."""
    again = sa.update(Job).where(Job.state == "dead").values(**fresh()).execution_options(**UNSYNCED)
    with writing() as unit:
        return cast("CursorResult[Any]", unit.execute(again)).rowcount


def fresh() -> dict[str, Any]:
    """What makes of a dead job one that is due and was never tried."""
    return {"state": "waiting", "attempts": 0, "run_after": now(), "finished_at": None}


def discard(job_id: int) -> None:
    """Put a dead job away for good; it is not made again either."""
    with writing():
        change(job_id, ("dead",), {"state": "cancelled"}, "Only a job that was given up can be discarded.")


def cancel(job_id: int) -> None:
    """Stop a job that waits or runs; what a running one has done until now is not written."""
    ended = {"state": "cancelled", "finished_at": now()}
    with writing() as unit:
        change(job_id, ("waiting", "running"), ended, "This job has ended already, so it cannot be cancelled.")
        told = sa.select(Job.id, Job.kind, Job.payload).where(Job.id == job_id)
        emit(JobCancelled(*unit.execute(told).one()))


def change(job_id: int, states: tuple[str, ...], values: dict[str, Any], refusal: str) -> None:
    """Change a job that is in one of `states`; the row decides between two who try at once."""
    with writing() as unit:
        allowed = sa.and_(Job.id == job_id, Job.state.in_(states))
        done = unit.execute(sa.update(Job).where(allowed).values(**values).execution_options(**UNSYNCED))
        if cast("CursorResult[Any]", done).rowcount == 1:
            return
        known = unit.execute(sa.select(Job.id).where(Job.id == job_id)).scalar()
        raise Conflict(refusal) if known else NotFound(f"There is no job {job_id}.")


def clear_old_jobs(older_than: datetime) -> int:
    """Remove what was done or cancelled before a moment: how many rows there were."""
    old = sa.and_(Job.state.in_(("done", "cancelled")), Job.finished_at < older_than)
    with writing() as unit:
        gone = unit.execute(sa.delete(Job).where(old).execution_options(**UNSYNCED))
    return cast("CursorResult[Any]", gone).rowcount
