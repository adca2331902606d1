"""Real processes for the tests of jobs: Redis, and a worker that is started again when it dies."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa
from flask import Flask

from config import ROOT
from musicapp.database import session, writing
from musicapp.jobs import enqueue
from musicapp.jobs.models import Job
from musicapp.redis import EmbeddedRedis
from tests.musicapp.jobs.probe import effects

SETTINGS: dict[str, float] = {"job_lease_s": 1.2, "job_sweep_s": 0.25}
LEAN = ("--without-gossip", "--without-mingle", "--without-heartbeat")


class Workplace:
    """One site's Redis and worker; `app` is the site as the test's own process sees it."""

    app: Flask

    def __init__(self, instance: Path, database: str) -> None:
        self.redis = EmbeddedRedis(instance)
        self.log = (instance.parent / "worker.log").open("ab")
        self.environment = {
            **os.environ,
            "MUSICAPP_INSTANCE": str(instance),
            "MUSICAPP_DATABASE_URL": database,
            "MUSICAPP_PLUGINS": "probe",
            **{f"MUSICAPP_{name.upper()}": str(value) for name, value in SETTINGS.items()},
        }
        self.worker: subprocess.Popen[bytes] | None = None
        self.closing = threading.Event()
        self.keeper = threading.Thread(target=self.keep_alive)

    def __enter__(self) -> Self:
        self.redis.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        if self.keeper.is_alive():
            self.keeper.join()
        if self.worker is not None:
            self.worker.terminate()
            try:
                self.worker.wait(30)
            except subprocess.TimeoutExpired:
                self.kill_worker()
        self.redis.stop()
        self.log.close()

    def start_worker(self) -> None:
        self.spawn()
        self.keeper.start()

    def spawn(self) -> None:
        command = [sys.executable, "-m", "celery", "-q", "-A", "musicapp.jobs.worker:celery", "worker", *LEAN]
        environment = {**self.environment, "MUSICAPP_REDIS_URL": self.redis.address.url}
        self.worker = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=self.log, stderr=self.log)

    def keep_alive(self) -> None:
        while not self.closing.wait(0.05):
            if self.worker is not None and self.worker.poll() is not None:
                self.spawn()

    def slots(self) -> list[int]:
        """The processes that do the jobs."""
        if self.worker is None:
            return []
        found = subprocess.run(["pgrep", "-P", str(self.worker.pid)], capture_output=True, text=True, check=False)
        return [int(pid) for pid in found.stdout.split()]

    def kill_worker(self) -> list[int]:
        """kill -9 the main process; the slots that it had."""
        slots = self.slots()
        if self.worker is not None:
            self.worker.kill()
            self.worker.wait()
        return slots

    def kill_slot(self, pid: int) -> bool:
        """kill -9 one slot and see it dead."""
        with suppress(ProcessLookupError):
            os.kill(pid, 9)
            return until(lambda: not alive(pid), 30)
        return False

    def empty_redis(self) -> None:
        """kill -9 Redis, delete all it has written, and start it again where it was."""
        assert self.redis.server is not None
        self.redis.server.kill()
        self.redis.server.wait()
        shutil.rmtree(self.redis.folder / "appendonlydir")
        self.redis.server = subprocess.Popen(
            self.redis.command, pass_fds=self.redis.inherited, stdout=subprocess.DEVNULL
        )
        assert until(self.redis.answers, 30)

    def enqueue(self, kind: str, **payload: Any) -> int:
        with self.app.app_context(), writing():
            job_id = enqueue(kind, payload)
            assert job_id is not None
            return job_id

    def effects(self) -> list[str]:
        with self.app.app_context():
            return sorted(session().execute(sa.select(effects.c.name)).scalars())

    def job(self, job_id: int) -> Job:
        with self.app.app_context():
            return session().execute(sa.select(Job).where(Job.id == job_id)).scalar_one()

    def has_begun(self, name: str) -> bool:
        return (self.redis.instance / f"begun-{name}").exists()


def until(condition: Callable[[], object], seconds: float) -> bool:
    """Wait for something to become true; whether it did in time."""
    patience = time.monotonic() + seconds
    while time.monotonic() < patience:
        if condition():
            return True
        time.sleep(0.02)
    return bool(condition())


def alive(pid: int) -> bool:
    """Whether a process runs; one that is dead and not yet buried does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
