"""Upkeep of the kernel: what would otherwise grow for ever is cleared at night."""

from datetime import date, timedelta

from musicapp import throttle
from musicapp.api.idempotency import forget_kept_answers
from musicapp.clock import now
from musicapp.database import writing
from musicapp.faults.services import forget_old as forget_old_faults
from musicapp.jobs.events import JobDied
from musicapp.jobs.ledger import clear_old_periods
from musicapp.jobs.running import RunningJob
from musicapp.jobs.schedule import daily
from musicapp.jobs.services import clear_old_jobs
from musicapp.jobs.tries import Turn
from musicapp.mail import sending
from musicapp.mail.outbox import MAILS, SENDING
from musicapp.mail.services import forget_old as forget_old_mail
from musicapp.numbers.asking import today
from musicapp.numbers.keeping import A_DAY, keep, numbers_until
from musicapp.site import plugin
from musicapp.storage import media_store

KEEP_JOBS = timedelta(days=30)
KEEP_PERIODS = timedelta(days=400)


@plugin.job(SENDING)
def send_mail(job: RunningJob, mail_id: int, turn: int) -> None:
    """Send one mail of the outbox, or put it off."""
    sending.send(job, Turn(mail_id, turn))


@plugin.on(JobDied, durable=True)
def mail_died(died: JobDied) -> None:
    """Show a mail whose job was given up among those that failed."""
    with writing():
        MAILS.note_death(died, last_error=died.last_error)


@plugin.job("site.clear_old_jobs", schedule=daily(at="03:30"))
def clear_jobs(job: RunningJob, period: str, since: str, until: str) -> None:
    """Forget jobs that ended a month ago; those given up stay until an admin has seen to them."""
    with job.finish():
        clear_old_jobs(now() - KEEP_JOBS)
        clear_old_periods(now() - KEEP_PERIODS)


@plugin.job("site.forget_mail", schedule=daily(at="03:45"))
def forget_mail(job: RunningJob, period: str, since: str, until: str) -> None:
    """Forget mails that were sent, discarded or not wanted a month ago; those that failed stay until an admin has seen
    to them."""
    while forget_old_mail(now()):
        if job.cancelled:
            return


@plugin.job("site.keep_numbers", schedule=daily(at="00:10"))
def keep_numbers(job: RunningJob, period: str, since: str, until: str) -> None:
    """Keep the numbers of the day that has ended, for the overview."""
    rows = numbers_until(date.fromisoformat(period) - A_DAY)
    with job.finish() as unit:
        keep(unit, rows)


@plugin.job("site.forget_faults", schedule=daily(at="03:50"))
def forget_faults(job: RunningJob, period: str, since: str, until: str) -> None:
    """Forget what broke a hundred days ago; how much it was stays among the numbers."""
    with job.finish():
        forget_old_faults(today())


@plugin.job("site.forget_windows", schedule=daily(at="03:20"))
def forget_windows(job: RunningJob, period: str, since: str, until: str) -> None:
    """Forget how often something was tried in windows of time that are over."""
    with job.finish():
        throttle.forget_ended(now())


@plugin.job("site.clear_kept_answers", schedule=daily(at="03:35"))
def clear_kept_answers(job: RunningJob, period: str, since: str, until: str) -> None:
    """Forget the answers of calls with an Idempotency-Key, a day after they were given."""
    with job.finish():
        forget_kept_answers()


@plugin.job("site.clear_unfinished_files", schedule=daily(at="03:40"))
def clear_unfinished_files(job: RunningJob, period: str, since: str, until: str) -> None:
    """Remove what uploads left behind that a crash cut off."""
    media_store().sweep()
