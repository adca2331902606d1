"""The month's reports, made on the 30th; missed months one after the other."""

from datetime import timedelta

from musicapp.clock import now
from musicapp.database import writing
from musicapp.jobs import RunningJob, enqueue, monthly
from musicapp.pages import local
from plugins.reports import plugin
from plugins.reports.services.monthly import last_due, make_month, mend_month, month_before
from plugins.reports.services.monthly.periods import DUE_ON

DEMO_READY = timedelta(seconds=75)


@plugin.job("reports.monthly", schedule=monthly(day=DUE_ON), long=True)
def make_reports(job: RunningJob, period: str, **_moments: str) -> None:
    """Make everybody's report of the month, and tell them."""
    make_month(period, job.progress)


@plugin.job("reports.mend_month", long=True)
def mend_reports(job: RunningJob, period: str, audience: str) -> None:
    """Compose those reports anew in which something is missing."""
    mend_month(period, audience, job.progress)


@plugin.demo
def months_of_demo() -> None:
    """Tell the demo's people of its last two months, once what they heard can be played."""
    period = last_due(local(now()).date())
    with writing():
        for wait, month in enumerate((month_before(period), period)):
            ready_at = now() + (wait + 1) * DEMO_READY
            enqueue("reports.monthly", {"period": month}, key=f"demo {month}", run_after=ready_at)
