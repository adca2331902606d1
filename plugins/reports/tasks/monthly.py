"""The month's reports, made on the 30th; missed months one after the other."""

from musicapp.jobs import RunningJob, monthly
from plugins.reports import plugin
from plugins.reports.services.monthly import make_month, mend_month
from plugins.reports.services.monthly.periods import DUE_ON


@plugin.job("reports.monthly", schedule=monthly(day=DUE_ON), long=True)
def make_reports(job: RunningJob, period: str, **_moments: str) -> None:
    """Make everybody's report of the month, and tell them."""
    make_month(period, job.progress)


@plugin.job("reports.mend_month", long=True)
def mend_reports(job: RunningJob, period: str, audience: str) -> None:
    """Compose those reports anew in which something is missing."""
    mend_month(period, audience, job.progress)
