"""Reminders, at midnight."""

from datetime import datetime

from musicapp.clock import now
from musicapp.jobs import RunningJob, daily
from musicapp.pages import local
from plugins.reports import plugin
from plugins.reports.services import reminders


@plugin.job("reports.remind", schedule=daily("00:00"), long=True)
def remind(job: RunningJob, until: str, **_period: str) -> None:
    """Remind people of what is due today; what was due on days that are over is left alone."""
    reminders.remind(datetime.fromisoformat(until), job.progress)
    while reminders.forget_words(local(now()).date()):
        if job.cancelled:
            return
