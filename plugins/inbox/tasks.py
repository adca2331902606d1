"""Jobs of the inbox: mailing alerts."""

from musicapp.jobs import RunningJob
from plugins.inbox import plugin


@plugin.job("inbox.send_mail")
def send_mail(job: RunningJob, alert_id: int) -> None:
    """Mail an alert to its person, if they still want it so."""
