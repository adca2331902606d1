"""Jobs: work that must happen, kept as rows (`queue`), rung for through Celery (`doorbell`), done by the `worker`."""

from flask import Flask

from musicapp.jobs.doorbell import Doorbell
from musicapp.jobs.events import JobCancelled, JobDied
from musicapp.jobs.queue import Claim, LeaseLost, claim, enqueue
from musicapp.jobs.running import GiveUp, RunningJob
from musicapp.jobs.schedule import daily, every, monthly

__all__ = [
    "Claim",
    "GiveUp",
    "JobCancelled",
    "JobDied",
    "LeaseLost",
    "RunningJob",
    "claim",
    "daily",
    "enqueue",
    "every",
    "init_app",
    "monthly",
]


def init_app(app: Flask) -> None:
    """Give the app its doorbell and the commands `flask jobs …`."""
    from musicapp.jobs.commands import jobs

    app.extensions["doorbell"] = Doorbell(app.extensions["redis_address"], app.config["SITE_URL"])
    app.cli.add_command(jobs)
