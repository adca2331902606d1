"""What the site did in the background: numbers of the kernel's own jobs and mails, for who runs it."""

from datetime import timedelta

import sqlalchemy as sa

from musicapp.blocks import Block, Figure, Figures
from musicapp.clock import now
from musicapp.database import session
from musicapp.days import within_days
from musicapp.jobs.models import Job
from musicapp.mail.models import Mail
from musicapp.spans import Span

# The outbox forgets mails that were sent longer ago.
MAILS = timedelta(days=30)


def numbers_of_work(span: Span) -> list[Block]:
    """Jobs that were given up, and mails that were sent or failed."""
    is_dead = Job.state == "dead"
    given_up = sa.and_(is_dead, within_days(Job.finished_at, span.first, span.last))
    given_up_before = sa.and_(is_dead, within_days(Job.finished_at, span.before_first, span.before_last))
    sent = sa.and_(Mail.state == "sent", Mail.sent_at > now() - MAILS)
    failed = sa.and_(Mail.state == "failed", within_days(Mail.created_at, span.first, span.last))
    numbers = sa.select(
        counted(Job, given_up), counted(Job, given_up_before), counted(Mail, sent), counted(Mail, failed)
    )
    jobs, jobs_before, mails, mails_failed = session().execute(numbers).one()
    return [
        Figures(
            [
                Figure("Jobs given up", jobs, jobs_before, good="down"),
                Figure("Mails sent", mails, words="in the last 30 days", good=""),
                Figure("Mails that failed", mails_failed, good="down"),
            ]
        )
    ]


def counted(table: type[Job] | type[Mail], which: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).select_from(table).where(which).scalar_subquery()
