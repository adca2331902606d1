"""The kernel's own numbers by day: what broke, jobs, mails, and the room on the disk."""

import shutil
from collections.abc import Mapping
from datetime import date, timedelta

import sqlalchemy as sa
from flask import current_app

from musicapp.database import session
from musicapp.days import A_DAY, counted_by_day
from musicapp.faults.services import faults_by_day
from musicapp.jobs.models import Job
from musicapp.mail.models import Mail
from musicapp.mail.services import KEPT as MAILS_KEPT
from musicapp.numbers.asking import today
from musicapp.site import plugin
from musicapp.site.tasks import KEEP_JOBS

DISK_USED = "site.disk_used"


@plugin.contributes(
    "site.number", name=DISK_USED, title="Storage", kind="now", order=40, unit="bytes", page="site.health_page"
)
def disk_used() -> int:
    """What is taken of the disk on which the site's folder lies, by the site and by others."""
    return shutil.disk_usage(current_app.config["INSTANCE"]).used


@plugin.contributes(
    "site.number", name="site.disk_free", title="free", kind="now", order=41, unit="bytes", beside=DISK_USED
)
def disk_free() -> int:
    """What the site may still take of it."""
    return shutil.disk_usage(current_app.config["INSTANCE"]).free


@plugin.contributes(
    "site.number", name="site.errors", title="Errors", order=50, good="down", page="site.overview#errors"
)
def errors(first: date, last: date) -> Mapping[date, int]:
    """Requests that the site could not answer."""
    return faults_by_day("request", first, last)


@plugin.contributes("site.number", name="site.jobs_done", title="Jobs done", order=60, page="site.jobs")
def jobs_done(first: date, last: date) -> Mapping[date, int]:
    """Jobs that ended well; their rows are kept for a month."""
    first = max(first, first_whole_day(KEEP_JOBS))
    return counted_by_day(Job.finished_at, first, last, Job.state == "done") if first <= last else {}


@plugin.contributes(
    "site.number", name="site.jobs_waiting", title="waiting", kind="now", order=61, beside="site.jobs_done"
)
def jobs_waiting() -> int:
    """Jobs that wait, those that are due later too."""
    return session().scalar(sa.select(sa.func.count()).where(Job.state == "waiting")) or 0


@plugin.contributes(
    "site.number", name="site.jobs_given_up", title="given up", order=62, good="down", beside="site.jobs_done"
)
def jobs_given_up(first: date, last: date) -> Mapping[date, int]:
    """Jobs that failed for good."""
    return faults_by_day("job", first, last)


@plugin.contributes("site.number", name="site.mails_sent", title="Mails sent", order=70, page="site.outbox")
def mails_sent(first: date, last: date) -> Mapping[date, int]:
    """Mails that the server took; their rows are kept for a month."""
    first = max(first, first_whole_day(MAILS_KEPT))
    return counted_by_day(Mail.sent_at, first, last, Mail.state == "sent") if first <= last else {}


@plugin.contributes(
    "site.number", name="site.mails_waiting", title="waiting", kind="now", order=71, beside="site.mails_sent"
)
def mails_waiting() -> int:
    """Mails that are to be sent."""
    return session().scalar(sa.select(sa.func.count()).where(Mail.state == "waiting")) or 0


@plugin.contributes(
    "site.number", name="site.mails_failed", title="failed", kind="now", order=72, good="down", beside="site.mails_sent"
)
def mails_failed() -> int:
    """Mails that the server refused and nobody has seen to."""
    return session().scalar(sa.select(sa.func.count()).where(Mail.state == "failed")) or 0


def first_whole_day(kept: timedelta) -> date:
    """The first day of which all rows are still there, when they are kept for so long."""
    return today() - kept + A_DAY
