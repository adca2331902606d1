"""How Redis, the worker and the scheduler are. Without them the site goes on with less, so none is ever down."""

from datetime import timedelta
from typing import NamedTuple

import sqlalchemy as sa
from flask import current_app
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from sqlalchemy.exc import SQLAlchemyError

from musicapp.clock import now
from musicapp.database import session
from musicapp.jobs.models import Job, Sweep
from musicapp.redis import RedisAddress
from musicapp.site.found import Health

ANSWER_WITHIN_S = 0.25
MISSED_SWEEPS = 6
REDIS = "See whether Redis runs, and whether REDIS_URL names it; without one of your own, `make run` starts one."
WORKER = "Start the worker (`make run` does); its log says what ended it. Until then mail and jobs wait."


class Load(NamedTuple):
    """What the tables say: jobs that wait and are due, jobs given up, jobs that a living worker holds."""

    waiting: int
    dead: int
    held: int
    swept_s_ago: float | None


def checks() -> list[Health]:
    try:
        load = look()
    except SQLAlchemyError:
        session().rollback()
        unknown = "unknown, because the database does not answer"
        return [redis(), Health("worker", "degraded", unknown), Health("scheduler", "degraded", unknown)]
    return [redis(), worker(load), scheduler(load)]


def redis() -> Health:
    """Whether Redis answers within a quarter of a second."""
    address: RedisAddress | None = current_app.extensions["redis_address"]
    if address is None:
        return Health("redis", "degraded", "none is running: jobs wait for the sweep, and nothing is cached", REDIS)
    client = Redis.from_url(
        address.cache_url,
        socket_timeout=ANSWER_WITHIN_S,
        socket_connect_timeout=ANSWER_WITHIN_S,
        retry=Retry(NoBackoff(), 0),
    )
    try:
        client.ping()
    except (RedisError, OSError) as error:
        return Health(
            "redis", "degraded", f"it does not answer ({type(error).__name__}): jobs wait for the sweep", REDIS
        )
    finally:
        client.close()
    return Health("redis", "ok")


def look() -> Load:
    at = now()

    def jobs(*which: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
        return sa.select(sa.func.count()).select_from(Job).where(*which).scalar_subquery()

    counts = sa.select(
        jobs(Job.state == "waiting", Job.run_after <= at),
        jobs(Job.state == "dead"),
        jobs(Job.state == "running", Job.lease_until >= at),
        sa.select(sa.func.max(Sweep.swept_at)).scalar_subquery(),
    )
    waiting, dead, held, swept_at = session().execute(counts).one()
    return Load(waiting, dead, held, (at - swept_at).total_seconds() if swept_at else None)


def worker(load: Load) -> Health:
    """A worker that sweeps, or is busy with a job, lives."""
    numbers = f"jobs waiting: {load.waiting}, running: {load.held}, dead: {load.dead}"
    if load.held or is_fresh(load):
        return Health("worker", "ok", numbers)
    return Health("worker", "degraded", f"no worker has shown itself lately; {numbers}", WORKER)


def scheduler(load: Load) -> Health:
    if is_fresh(load):
        return Health("scheduler", "ok")
    if load.swept_s_ago is None:
        return Health("scheduler", "degraded", "it has never run", WORKER)
    return Health("scheduler", "degraded", f"it last ran {timedelta(seconds=int(load.swept_s_ago))} ago", WORKER)


def is_fresh(load: Load) -> bool:
    return load.swept_s_ago is not None and load.swept_s_ago < MISSED_SWEEPS * current_app.config["JOB_SWEEP_S"]
