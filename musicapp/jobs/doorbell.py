"""The doorbell: tells a worker at once that a job waits. Nothing depends on it; the sweep finds what it misses."""

import logging
import os
import queue
import threading
import time
from contextlib import suppress

from flask import current_app

from musicapp.jobs.broker import RING_EXPIRES_S, RINGING, make_celery, warm_up
from musicapp.redis import RedisAddress

log = logging.getLogger(__name__)

WAITING_RINGS = 1000
QUIET_S = 15.0
RESTS_WITHIN_S = 5.0


class Doorbell:
    """Rings from a thread of its own; after a failure it is quiet for a while, so that nobody ever waits for Redis."""

    def __init__(self, address: RedisAddress | None, site_url: str) -> None:
        self.celery = make_celery(address, site_url, RINGING) if address else None
        if self.celery is not None:
            warm_up(self.celery)
        self.quiet_until = 0.0
        self.process = 0
        self.thread = threading.Thread()
        self.rings: queue.Queue[tuple[str, int] | None] = queue.Queue(WAITING_RINGS)

    def ring(self, task: str, job_id: int) -> None:
        """Have `task` sent with this id; answers at once, whatever Redis does."""
        if self.celery is None or time.monotonic() < self.quiet_until:
            return
        if self.process != os.getpid():
            self.start_thread()
        try:
            self.rings.put_nowait((task, job_id))
        except queue.Full:
            log.debug("Too many rings wait; the sweep will find job %s.", job_id)

    def start_thread(self) -> None:
        """Threads do not survive a fork, so each process makes its own at its first ring."""
        self.process = os.getpid()
        self.rings = queue.Queue(WAITING_RINGS)
        self.thread = threading.Thread(target=self.keep_ringing, args=(self.rings,), name="doorbell", daemon=True)
        self.thread.start()

    def rest(self) -> None:
        """Ring what waits, then let go of the thread and of Redis, as before a fork; the next ring makes them anew."""
        if self.celery is None or self.process != os.getpid():
            return
        with suppress(queue.Full):
            self.rings.put(None, timeout=RESTS_WITHIN_S)
        self.thread.join(RESTS_WITHIN_S)
        self.process = 0
        self.celery.pool.resize(self.celery.pool.limit, reset=True)

    def keep_ringing(self, rings: queue.Queue[tuple[str, int] | None]) -> None:
        while (waiting := rings.get()) is not None:
            task, job_id = waiting
            if time.monotonic() >= self.quiet_until:
                self.send(task, job_id)

    def send(self, task: str, job_id: int) -> None:
        assert self.celery is not None
        try:
            self.celery.send_task(task, [job_id], retry=False, expires=RING_EXPIRES_S)
        except Exception as error:
            self.quiet_until = time.monotonic() + QUIET_S
            log.warning("Redis cannot be rung (%s); jobs wait for the next sweep.", type(error).__name__)


def ring(job_id: int, *, long: bool = False) -> None:
    """Tell a worker that a job waits; never blocks."""
    doorbell: Doorbell = current_app.extensions["doorbell"]
    doorbell.ring("ring_long" if long else "ring", job_id)
