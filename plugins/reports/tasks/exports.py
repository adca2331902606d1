"""The jobs of exports: making one, and removing what is left of old ones."""

from musicapp.jobs import RunningJob, daily, every
from plugins.reports import plugin
from plugins.reports.services import exports


@plugin.job("reports.make_export", long=True)
def make_export(job: RunningJob, export_id: int) -> None:
    """Make the file that somebody asked for."""
    exports.make_export(job, export_id)


@plugin.job("reports.remove_expired_exports", schedule=every(minutes=60))
def remove_expired_exports(job: RunningJob, **_period: str) -> None:
    """Remove the files of exports whose time is over."""
    while exports.remove_expired():
        if job.cancelled:
            return


@plugin.job("reports.remove_lost_exports", schedule=daily("04:20"))
def remove_lost_exports(job: RunningJob, **_period: str) -> None:
    """Remove files that a crash kept from becoming somebody's export."""
    exports.remove_orphans()
