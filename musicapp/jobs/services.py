"""What an admin may see of the jobs and do to them; for the page and for `flask jobs`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import CursorResult

from musicapp.clock import now
from musicapp.database import after_commit, session, writing
from musicapp.errors import Conflict, NotFound
from musicapp.jobs.doorbell import ring
from musicapp.jobs.models import Job
from musicapp.jobs.queue import UNSYNCED


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


COLUMNS = [getattr(Job, name) for name in JobRow.__dataclass_fields__]


def jobs_in(state: str, limit: int = 50, before_id: int | None = None) -> list[JobRow]:
    """Jobs in one state, the newest first; `before_id` is the last id of the page before."""
    chosen = sa.select(*COLUMNS).where(Job.state == state).order_by(Job.id.desc()).limit(limit)
    if before_id is not None:
        chosen = chosen.where(Job.id < before_id)
    return [JobRow(*row) for row in session().execute(chosen)]


def retry(job_id: int) -> None:
    """Give a dead job five new attempts, from now on."""
    fresh = {"state": "waiting", "attempts": 0, "run_after": now(), "finished_at": None}
    with writing():
        change(job_id, ("dead",), fresh, "Only a job that was given up can be tried again.")
        long = bool(session().execute(sa.select(Job.long).where(Job.id == job_id)).scalar())
        after_commit(lambda: ring(job_id, long=long))


def discard(job_id: int) -> None:
    """Put a dead job away for good; it is not made again either."""
    with writing():
        change(job_id, ("dead",), {"state": "cancelled"}, "Only a job that was given up can be discarded.")


def cancel(job_id: int) -> None:
    """Stop a job that waits or runs; what a running one has done until now is not written."""
    ended = {"state": "cancelled", "finished_at": now()}
    with writing():
        change(job_id, ("waiting", "running"), ended, "This job has ended already, so it cannot be cancelled.")


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
