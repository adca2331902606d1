"""Putting jobs into the database and taking them out: the same SQL on SQLite and PostgreSQL."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.engine import CursorResult

from musicapp.clock import now
from musicapp.database import UNSYNCED, Model, after_commit, insert_for, session, writing
from musicapp.jobs.doorbell import ring
from musicapp.jobs.models import Job
from musicapp.plugins.declared import JobKind
from musicapp.plugins.problems import did_you_mean
from musicapp.plugins.site import current_site

ATTEMPTS = 5
KEYS_AT_ONCE = 500


class LeaseLost(RuntimeError):
    """Somebody cancelled this job, or another worker holds it; what was done here must not be written."""


@dataclass(frozen=True)
class Claim:
    """A job that this worker holds."""

    id: int
    kind: str
    payload: dict[str, Any]
    token: int
    attempts: int


def lease() -> timedelta:
    """How long a job stays with a worker that gives no sign of life."""
    return timedelta(seconds=current_app.config["JOB_LEASE_S"])


def enqueue(
    kind: str, payload: dict[str, Any], *, key: str | None = None, run_after: datetime | None = None
) -> int | None:
    """Insert a job in the unit of work we are in; answers its id, or none when one with this `key` is there already.

    The bell is rung after the commit. Raises LookupError for a kind that no running plugin declares.
    """
    declared = known_kind(kind)
    values = {
        "kind": kind,
        "key": key,
        "payload": json.loads(json.dumps(payload)),
        "long": declared.long,
        "run_after": run_after or now(),
    }
    with writing():
        job_id = insert_once(Job, values, Job.id)
        if job_id is not None and run_after is None:
            after_commit(lambda: ring(job_id, long=declared.long))
    return cast("int | None", job_id)


def enqueue_many(kind: str, payloads: Mapping[str, dict[str, Any]]) -> None:
    """Insert many jobs of a kind in one go, by their keys; as with `enqueue`, none is made twice.

    No bell is rung for them: the sweep does them one after the other, and a single job that is rung for overtakes them.
    """
    same = {"kind": kind, "long": known_kind(kind).long, "run_after": now()}
    rows = [{"key": key, "payload": json.loads(json.dumps(payload)), **same} for key, payload in payloads.items()]
    if rows:
        with writing() as unit:
            unit.execute(insert_for(Job).on_conflict_do_nothing(), rows)


def release_keys(kind: str, keys: Collection[str]) -> None:
    """Let other jobs of a kind be made under these keys, inside `writing()`; those that had them and are not done are
    cancelled. The rows stay, so that no other job gets the number that a worker may hold."""
    is_done, held, moment = Job.state == "done", list(keys), sa.literal(now(), Job.finished_at.type)
    ended = {
        "state": sa.case((is_done, "done"), else_="cancelled"),
        "finished_at": sa.func.coalesce(Job.finished_at, moment),
    }
    for first in range(0, len(held), KEYS_AT_ONCE):
        some = sa.and_(Job.kind == kind, Job.key.in_(held[first : first + KEYS_AT_ONCE]))
        session().execute(sa.update(Job).where(some).values(key=None, **ended), execution_options=UNSYNCED)


def known_kind(kind: str) -> JobKind:
    declared = current_site().jobs.get(kind)
    if declared is None:
        raise LookupError(f"No job is named “{kind}”.{did_you_mean(kind, current_site().jobs)}")
    return declared


def insert_once(model: type[Model], values: dict[str, Any], answer: Any) -> Any:
    """Insert a row unless one with the same unique values is there; the column `answer` of the new row, or none."""
    return session().execute(insert_for(model).values(**values).on_conflict_do_nothing().returning(answer)).scalar()


def due(at: datetime) -> sa.ColumnElement[bool]:
    """What may be claimed: waiting and due, or running under a lease that ran out; only kinds that run here."""
    return sa.and_(
        Job.kind.in_(list(current_site().jobs)),
        sa.or_(
            sa.and_(Job.state == "waiting", Job.run_after <= at),
            sa.and_(Job.state == "running", Job.lease_until < at, Job.attempts < ATTEMPTS),
        ),
    )


def next_due(*, long: bool) -> int | None:
    """The id of the job that has been due longest, or none."""
    oldest = sa.select(Job.id).where(due(now()), Job.long == long).order_by(Job.run_after, Job.id).limit(1)
    found = session().execute(oldest).scalar()
    session().rollback()
    return found


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
        .values(
            state="running",
            attempts=Job.attempts + 1,
            token=Job.token + 1,
            lease_until=at + lease(),
            started_at=at,
        )
        .returning(Job.id, Job.kind, Job.payload, Job.token, Job.attempts)
        .execution_options(**UNSYNCED)
    )
    with writing() as unit:
        row = unit.execute(take).first()
    return Claim(*row) if row else None


def is_held(held: Claim) -> sa.ColumnElement[bool]:
    """The fence: true only while this worker holds the job."""
    return sa.and_(Job.id == held.id, Job.token == held.token, Job.state == "running")


def write_held(held: Claim, **values: Any) -> None:
    """Change the row of a job that this worker holds; raises LeaseLost when it does so no longer."""
    change = sa.update(Job).where(is_held(held)).values(**values).execution_options(**UNSYNCED)
    if cast("CursorResult[Any]", session().execute(change)).rowcount != 1:
        raise LeaseLost(f"job {held.id} ({held.kind}) is no longer held by this worker")
