"""Keeping a job while it runs: a thread beside it prolongs the lease, writes its progress and sees when it is lost."""

import logging
import threading
import time
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.jobs.models import Job
from musicapp.jobs.queue import Claim, LeaseLost, is_held, lease, write_held

log = logging.getLogger(__name__)

LOOK_EVERY_S = 1.0


class Keeper(threading.Thread):
    """Holds one claim until `let_go`; `lost` turns true when the job was cancelled or belongs to another worker.

    It has an app context, and so a database session, of its own: the job's reads and writes are not disturbed.
    """

    def __init__(self, app: Flask, held: Claim) -> None:
        super().__init__(name=f"keeper of job {held.id}", daemon=True)
        self.app = app
        self.held = held
        self.lost = False
        self.progress: dict[str, int] = {}
        self.written: dict[str, int] = {}
        self.ended = threading.Event()
        with app.app_context():
            self.prolong_every_s = lease().total_seconds() / 3
        self.prolonged = time.monotonic()

    def run(self) -> None:
        while not self.lost and not self.ended.wait(min(LOOK_EVERY_S, self.prolong_every_s)):
            with self.app.app_context():
                try:
                    self.look()
                except LeaseLost as lost:
                    self.lost = True
                    if not self.ended.is_set():
                        log.warning("What is done for it here will not be written: %s.", lost)
                except SQLAlchemyError:
                    log.warning("The lease of job %s could not be prolonged; trying again.", self.held.id)

    def look(self) -> None:
        """Write what has changed, or at least see whether the job is still ours."""
        values: dict[str, Any] = {}
        progress = dict(self.progress)
        if progress != self.written:
            values |= progress
        if time.monotonic() - self.prolonged >= self.prolong_every_s * 0.99:
            values["lease_until"] = now() + lease()
        if values:
            with writing():
                write_held(self.held, **values)
            self.written = progress
            if "lease_until" in values:
                self.prolonged = time.monotonic()
        elif session().execute(sa.select(Job.id).where(is_held(self.held))).first() is None:
            raise LeaseLost(f"job {self.held.id} ({self.held.kind}) was cancelled or taken over")

    def let_go(self) -> None:
        self.ended.set()
