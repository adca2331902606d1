"""Jobs of this plugin: sending its letters, loading the demo, and forgetting what has long ended."""

import smtplib
from datetime import timedelta

from flask_mailman import EmailMultiAlternatives

from musicapp.clock import now
from musicapp.jobs import GiveUp, RunningJob, daily
from musicapp.plugins.site import current_site
from plugins.auth import plugin
from plugins.auth.services import set_up, sign_ins, throttle
from plugins.auth.services.letters import write_letter


@plugin.job("auth.send_mail")
def send_mail(job: RunningJob, kind: str, address: str) -> None:
    """Write a letter to whoever has this address now, and hand it to the mail server."""
    letter = write_letter(kind, address)
    if letter is None:
        return
    mail = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.address])
    mail.attach_alternative(letter.html, "text/html")
    try:
        mail.send()
    except smtplib.SMTPRecipientsRefused as refused:
        code, words = refused.recipients[letter.address]
        if code >= 500:
            raise GiveUp(f"The mail server does not take mail for this address: {words!r}") from refused
        raise


@plugin.job("auth.load_demo", long=True)
def load_demo(job: RunningJob) -> None:
    """Let every plugin load what it shows of itself."""
    for _plugin, demo in current_site().demos:
        demo()


@plugin.job("auth.forget", schedule=daily(at="03:20"))
def forget(job: RunningJob, period: str, since: str, until: str) -> None:
    """Delete old windows of the throttle, and sign-ins that ended long ago."""
    with job.finish():
        throttle.forget_old(now() - timedelta(days=2))
        sign_ins.forget_ended(now())


@plugin.demo
def listener() -> None:
    """A listener, for who wants to see the site as one."""
    set_up.add_demo_person("Listener", "listener@example.org", "user")
