"""Jobs of the inbox: mailing alerts, and forgetting old ones."""

import smtplib

from flask_mailman import EmailMultiAlternatives

from musicapp.clock import now
from musicapp.jobs import GiveUp, RunningJob, daily
from plugins.inbox import plugin
from plugins.inbox.services import alerts
from plugins.inbox.services.letters import write_letter


@plugin.job("inbox.send_mail")
def send_mail(job: RunningJob, alert_id: int) -> None:
    """Mail an alert to its person, if they still want it so; a full mailbox is tried again, a wrong one is not."""
    letter = write_letter(alert_id)
    if letter is None:
        return
    mail = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.address], headers=letter.headers)
    mail.attach_alternative(letter.html, "text/html")
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refused:
        code, words = refused.recipients[letter.address]
        if code >= 500:
            raise GiveUp(f"The mail server does not take mail for this address: {words!r}") from refused
        raise
    except smtplib.SMTPResponseException as refused:
        if refused.smtp_code >= 500:
            raise GiveUp(f"The mail server refused this mail: {refused.smtp_error!r}") from refused
        raise


@plugin.job("inbox.forget", schedule=daily("04:40"))
def forget(job: RunningJob, **_period: str) -> None:
    """Delete alerts that were read long ago, some at a time."""
    while alerts.forget_old(now()):
        if job.cancelled:
            return
