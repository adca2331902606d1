"""Putting jobs into the database and taking them out: the same SQL on SQLite and PostgreSQL."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult

from musicapp.clock import now
from musicapp.database import after_commit, db, session, writing
from musicapp.jobs.doorbell import ring
from musicapp.jobs.models import Job
from musicapp.plugins.problems import did_you_mean
from musicapp.plugins.site import current_site

LEASE = timedelta(seconds=30)
ATTEMPTS = 5
UNSYNCED = {"synchronize_session": False}


class LeaseLost(RuntimeError):
    """Somebody else holds this job now; what was done here must not be written."""


@dataclass(frozen=True)
class Claim:
    """A job that this worker holds."""

    id: int
    kind: str
    payload: dict[str, Any]
    token: int
    attempts: int


def enqueue(
    kind: str, payload: dict[str, Any], *, key: str | None = None, run_after: datetime | None = None
) -> int | None:
    """Insert a job in the unit of work we are in; answers its id, or none when one with this `key` is there already.

    The bell is rung after the commit. Raises LookupError for a kind that no running plugin declares.
    """
    declared = current_site().jobs.get(kind)
    if declared is None:
        raise LookupError(f"No job is named “{kind}”.{did_you_mean(kind, current_site().jobs)}")
    values = {
        "kind": kind,
        "key": key,
        "payload": json.loads(json.dumps(payload)),
        "long": declared.long,
        "run_after": run_after or now(),
    }
    insert = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    with writing() as unit:
        statement = insert(Job).values(**values).on_conflict_do_nothing().returning(Job.id)
        job_id = unit.execute(statement).scalar()
    if job_id is not None and run_after is None:
        after_commit(lambda: ring(job_id, long=declared.long))
    return cast("int | None", job_id)


def due(at: datetime) -> sa.ColumnElement[bool]:
    """What may be claimed: waiting and due, or running under a lease that ran out."""
    return sa.or_(
        sa.and_(Job.state == "waiting", Job.run_after <= at),
        sa.and_(Job.state == "running", Job.lease_until < at),
    )


def claim(job_id: int | None = None, *, long: bool | None = None) -> Claim | None:
    """Take one due job (this one, or the one that waits longest) under a new lease; none when there is none."""
    at = now()
    pick = sa.select(Job.id).where(due(at)).order_by(Job.run_after, Job.id).limit(1).with_for_update(skip_locked=True)
    if job_id is not None:
        pick = pick.where(Job.id == job_id)
    if long is not None:
        pick = pick.where(Job.long == long)
    take = (
        sa.update(Job)
        .where(Job.id == pick.scalar_subquery(), due(at))
        .values(state="running", attempts=Job.attempts + 1, token=Job.token + 1, lease_until=at + LEASE)
        .returning(Job.id, Job.kind, Job.payload, Job.token, Job.attempts)
        .execution_options(**UNSYNCED)
    )
    with writing() as unit:
        row = unit.execute(take).first()
    return Claim(*row) if row else None


def write_held(held: Claim, **values: Any) -> None:
    """Change the row of a job that this worker holds; raises LeaseLost when it does so no longer."""
    change = (
        sa.update(Job)
        .where(Job.id == held.id, Job.token == held.token, Job.state == "running")
        .values(**values)
        .execution_options(**UNSYNCED)
    )
    if cast("CursorResult[Any]", session().execute(change)).rowcount != 1:
        raise LeaseLost(f"job {held.id} ({held.kind}) is held by another worker")
