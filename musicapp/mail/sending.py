"""Sending one mail: it is written, handed to the server, and its end noted in the commit that ends its job."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import current_app

from musicapp.clock import now
from musicapp.database import session
from musicapp.jobs.models import Job
from musicapp.jobs.running import RunningJob
from musicapp.jobs.tries import Turn
from musicapp.mail.answers import NeverTaken, TryLater
from musicapp.mail.connection import Connection
from musicapp.mail.letters import Letter, write_letter
from musicapp.mail.models import LONGEST_ADDRESS, Mail
from musicapp.mail.outbox import MAILS, SENDING
from musicapp.mail.server import hand_over


def send(job: RunningJob, turn: Turn) -> None:
    """Send a mail if it still waits in this turn, and note how that ended."""
    mail = waiting_mail(turn)
    if mail is None:
        return
    letter = write_letter(mail.kind, mail.payload)
    session().rollback()  # no transaction stays open while the mail server thinks
    if letter is None:
        with job.finish():
            MAILS.note(turn, state="unwanted")
        return
    about = facts_of(letter) | {"attempts": mail.attempts + 1}
    try:
        hand_over(letter, message_id(turn.row_id, mail.created_at))
    except NeverTaken as refused:
        with job.finish():
            MAILS.note(turn, state="failed", last_error=str(refused), **about)
    except TryLater as later:
        put_off(job, turn, str(later), about)
    else:
        with job.finish():
            MAILS.note(turn, state="sent", sent_at=now(), last_error="", **about)
    if not is_another_due():
        connection: Connection = current_app.extensions["mail_connection"]
        connection.close()


def facts_of(letter: Letter) -> dict[str, Any]:
    """What the outbox keeps of a letter, as any database takes it: it is written when the mail is gone already."""
    address = letter.address[:LONGEST_ADDRESS].lower()
    facts = {"address": address, "subject": " ".join(letter.subject.replace("\0", "").split())}
    return facts if letter.person_id is None else {**facts, "person_id": letter.person_id}


def is_another_due() -> bool:
    """Whether more mails wait to be sent now."""
    due = sa.select(Job.id).where(Job.state == "waiting", Job.run_after <= now(), Job.kind == SENDING).limit(1)
    found = session().scalar(due) is not None
    session().rollback()
    return found


def waiting_mail(turn: Turn) -> Any:
    """What a mail is written from, or None where it does not wait, or another turn has begun."""
    asked = sa.select(Mail.kind, Mail.payload, Mail.attempts, Mail.created_at)
    return session().execute(asked.where(MAILS.waits(turn))).first()


def put_off(job: RunningJob, turn: Turn, because: str, about: dict[str, Any]) -> None:
    """Let a mail be tried again later, or give it up when it was tried for two days."""
    pause = MAILS.pause_after(about["attempts"])
    with job.finish():
        if pause is None:
            MAILS.note(turn, state="failed", last_error=because, **about)
        else:
            MAILS.put_off(turn, pause, last_error=because, **about)


def message_id(mail_id: int, created_at: datetime) -> str:
    """The same for every try of a mail, and no other mail's."""
    host = urlsplit(current_app.config["SITE_URL"]).hostname
    return f"<mail.{mail_id}.{created_at:%Y%m%d%H%M%S%f}@{host}>"
