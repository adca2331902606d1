"""The sweep: every few seconds a worker makes what the calendar asks for, buries the dead and does what is due."""

import logging
import time
from datetime import datetime

import sqlalchemy as sa
from flask import current_app

from musicapp.clock import now
from musicapp.database import UNSYNCED, session, writing
from musicapp.jobs.doorbell import ring
from musicapp.jobs.events import JobDied
from musicapp.jobs.ledger import make_due_periods
from musicapp.jobs.models import Job, Sweep
from musicapp.jobs.queue import ATTEMPTS, claim, insert_once, next_due
from musicapp.jobs.running import run
from musicapp.plugins.events import emit

log = logging.getLogger(__name__)

WORKER_LOST = "worker lost: it was killed, or the job took longer than it may"


def sweep() -> None:
    """One sweep: short jobs are done here for half an interval, a long one is rung for."""
    at = now()
    with writing():
        sign(at)
        bury(at)
    make_due_periods(at)
    if (job_id := next_due(long=True)) is not None:
        ring(job_id, long=True)
    drain(current_app.config["JOB_SWEEP_S"] / 2)


def sign(at: datetime) -> None:
    """Leave the sign of life that the health page looks for."""
    if insert_once(Sweep, {"id": 1, "swept_at": at}, Sweep.id) is None:
        session().execute(sa.update(Sweep).values(swept_at=at).execution_options(**UNSYNCED))


def bury(at: datetime) -> None:
    """Give up the jobs whose worker was lost at their last attempt."""
    lost = sa.and_(Job.state == "running", Job.lease_until < at, Job.attempts >= ATTEMPTS)
    sentence = sa.case((Job.last_error == "", WORKER_LOST), else_=Job.last_error)
    give_up = (
        sa.update(Job)
        .where(lost)
        .values(state="dead", finished_at=at, last_error=sentence)
        .returning(Job.id, Job.kind, Job.payload, Job.last_error)
        .execution_options(**UNSYNCED)
    )
    for row in session().execute(give_up).all():
        log.error("Job %s (%s) is given up: %s", row.id, row.kind, row.last_error)
        emit(JobDied(*row))


def drain(seconds: float) -> None:
    """Do short jobs that are due, the oldest first; stop to begin new ones after so many seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and (held := claim(long=False)):
        run(held)
