"""A plugin whose jobs do to a worker what jobs may do: work, last, raise, and kill it. Each effect is a row."""

import os
import signal
import time
from pathlib import Path

import sqlalchemy as sa
from flask import current_app

from musicapp import Plugin
from musicapp.jobs import GiveUp, JobDied, RunningJob, daily, every, monthly

plugin = Plugin("probe", __name__)
effects = sa.Table("probe_effect", sa.MetaData(), sa.Column("name", sa.String(100)))


@plugin.job("probe.note")
def note(job: RunningJob, name: str, seconds: float = 0) -> None:
    begun(name)
    time.sleep(seconds)
    with job.finish() as unit:
        unit.execute(effects.insert().values(name=name))


@plugin.job("probe.long", long=True)
def long_note(job: RunningJob, name: str, seconds: float) -> None:
    begun(name)
    steps = round(seconds / 0.05)
    for step in range(steps):
        time.sleep(0.05)
        job.progress(step + 1, steps)
    with job.finish() as unit:
        unit.execute(effects.insert().values(name=name))


@plugin.job("probe.poison")
def poison(job: RunningJob) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@plugin.job("probe.mistake")
def mistake(job: RunningJob) -> None:
    raise ValueError("this never works")


@plugin.job("probe.hopeless")
def hopeless(job: RunningJob) -> None:
    raise GiveUp("The file is gone for good.")


@plugin.job("probe.plain")
def plain(job: RunningJob) -> None:
    """Has no effect in the database."""


@plugin.on(JobDied, durable=True)
def mourn(event: JobDied) -> None:
    from musicapp.database import session

    session().execute(effects.insert().values(name=f"died: {event.kind}"))


@plugin.job("probe.daily", schedule=daily())
def each_day(job: RunningJob, period: str, since: str, until: str) -> None:
    """Only its periods are looked at."""


@plugin.job("probe.monthly", schedule=monthly(day=30))
def each_month(job: RunningJob, period: str, since: str, until: str) -> None:
    """Only its periods are looked at."""


@plugin.job("probe.often", schedule=every(minutes=5))
def often(job: RunningJob, period: str, since: str, until: str) -> None:
    """Only its periods are looked at."""


def begun(name: str) -> None:
    """Tell the test that the job is in its middle."""
    Path(current_app.config["INSTANCE"], f"begun-{name}").touch()
