"""Running a job that was claimed: its function, its one commit, and what becomes of it when it fails."""

import logging
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import structlog
from flask import Flask, current_app

from musicapp.clock import now
from musicapp.database import Session, db, writing
from musicapp.faults import noting
from musicapp.faults.seen import seen
from musicapp.jobs.events import JobDied
from musicapp.jobs.keeping import Keeper
from musicapp.jobs.queue import ATTEMPTS, Claim, LeaseLost, write_held
from musicapp.plugins.events import emit
from musicapp.plugins.site import current_site

log = logging.getLogger(__name__)

LONGEST_ERROR = 2000


class GiveUp(Exception):
    """Raised by a job that can never succeed: it is not tried again, and the admin reads the sentence."""


class RunningJob:
    """What a job's function gets: the job that it does now."""

    def __init__(self, held: Claim, keeper: Keeper) -> None:
        self.held = held
        self.keeper = keeper
        self.finished = False

    @property
    def id(self) -> int:
        return self.held.id

    @property
    def payload(self) -> dict[str, Any]:
        return self.held.payload

    @property
    def attempts(self) -> int:
        """The how-manieth attempt this is, from 1."""
        return self.held.attempts

    @property
    def cancelled(self) -> bool:
        """Whether the work is in vain, because somebody cancelled it or another worker has it; known after a second."""
        return self.keeper.lost

    def progress(self, done: int, total: int | None = None) -> None:
        """Say how far it is, as often as you like; raises LeaseLost when the work is in vain."""
        self.keeper.progress = {"rows_done": done} if total is None else {"rows_done": done, "rows_total": total}
        if self.keeper.lost:
            raise LeaseLost(f"job {self.id} ({self.held.kind}) was cancelled or taken over")

    @contextmanager
    def finish(self) -> Iterator[Session]:
        """Write what the job brings about and that it is done, in one commit; raises LeaseLost if it is not ours."""
        with writing() as unit:
            # The fence comes first: its row lock keeps every other worker out until the commit.
            write_held(self.held, state="done", finished_at=now(), last_error="", **self.keeper.progress)
            yield unit
        self.finished = True


def run(held: Claim) -> None:
    """Do one claimed job to its end, whatever that is; what its function raises stays here."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    keeper = Keeper(app, held)
    job = RunningJob(held, keeper)
    keeper.start()
    began = time.perf_counter()
    with structlog.contextvars.bound_contextvars(job=held.id):
        try:
            current_site().jobs[held.kind].function(job, **held.payload)
            if not job.finished:
                with job.finish():
                    """The function wrote its effects itself, or has none in the database."""
            log.info("%s is done in %.1f s.", held.kind, time.perf_counter() - began)
        except LeaseLost as lost:
            log.warning("Nothing was written: %s.", lost)
        except (Exception, SystemExit) as error:
            db.session.remove()
            if job.finished:
                log.exception("%s is done, but failed afterwards.", held.kind)
            else:
                fail(held, error)
        finally:
            keeper.let_go()


def fail(held: Claim, error: BaseException) -> None:
    """Put a job back for a later attempt, or give it up."""
    sentence = str(error) if isinstance(error, GiveUp) else f"{type(error).__name__}: {error}"
    sentence = sentence[:LONGEST_ERROR]
    try:
        if isinstance(error, GiveUp) or held.attempts >= ATTEMPTS:
            log.error("%s is given up: %s", held.kind, sentence, exc_info=not isinstance(error, GiveUp) and error)
            with writing() as unit:
                write_held(held, state="dead", finished_at=now(), last_error=sentence)
                noting.keep(unit, [seen("job", held.kind, error)])
                emit(JobDied(held.id, held.kind, held.payload, sentence))
        else:
            pause = pause_after(held.attempts)
            log.warning("%s failed and is tried again in %.0f s.", held.kind, pause.total_seconds(), exc_info=error)
            with writing():
                write_held(held, state="waiting", run_after=now() + pause, last_error=sentence)
    except LeaseLost as lost:
        log.warning("Its failure was not written: %s.", lost)


def pause_after(attempts: int) -> timedelta:
    """How long a job rests after this many failed attempts: about 10 s, 30 s, 90 s and 270 s, never in step."""
    jitter = random.uniform(0.75, 1.25)
    return timedelta(seconds=current_app.config["JOB_SWEEP_S"] * 3 ** (attempts - 1) * jitter)
