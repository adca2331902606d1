"""Jobs of the inbox: forgetting old alerts."""

from musicapp.clock import now
from musicapp.jobs import RunningJob, daily
from plugins.inbox import plugin
from plugins.inbox.services import alerts


@plugin.job("inbox.forget", schedule=daily("04:40"))
def forget(job: RunningJob, **_period: str) -> None:
    """Delete alerts that were read long ago, some at a time."""
    while alerts.forget_old(now()):
        if job.cancelled:
            return
