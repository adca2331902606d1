"""Sending one mail: it is written, handed to the server, and its end noted in the commit that ends its job."""

import random
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import current_app

from musicapp.clock import now
from musicapp.database import session
from musicapp.jobs.events import JobDied
from musicapp.jobs.models import Job
from musicapp.jobs.queue import UNSYNCED
from musicapp.jobs.running import RunningJob
from musicapp.mail.answers import NeverTaken, TryLater
from musicapp.mail.connection import Connection
from musicapp.mail.letters import Letter, write_letter
from musicapp.mail.models import LONGEST_ADDRESS, Mail
from musicapp.mail.outbox import SENDING, enqueue_try
from musicapp.mail.server import hand_over

PAUSES_MIN = (1, 5, 15, 30, 60, 120, 240, 480, 720, 1200)
"""How long a mail rests after each try that failed: two days in all, then it is given up."""


def send(job: RunningJob, mail_id: int, turn: int) -> None:
    """Send a mail if it still waits in this turn, and note how that ended."""
    mail = waiting_mail(mail_id, turn)
    if mail is None:
        return
    letter = write_letter(mail.kind, mail.payload)
    session().rollback()  # no transaction stays open while the mail server thinks
    if letter is None:
        with job.finish():
            note(mail_id, turn, state="unwanted")
        return
    about = facts_of(letter) | {"attempts": mail.attempts + 1}
    try:
        hand_over(letter, message_id(mail_id, mail.created_at))
    except NeverTaken as refused:
        with job.finish():
            note(mail_id, turn, state="failed", last_error=str(refused), **about)
    except TryLater as later:
        put_off(job, mail_id, turn, str(later), about)
    else:
        with job.finish():
            note(mail_id, turn, state="sent", sent_at=now(), last_error="", **about)
    if not is_another_due():
        connection: Connection = current_app.extensions["mail_connection"]
        connection.close()


def facts_of(letter: Letter) -> dict[str, Any]:
    """What the outbox keeps of a letter, as any database takes it: it is written when the mail is gone already."""
    facts = {"address": letter.address[:LONGEST_ADDRESS], "subject": " ".join(letter.subject.replace("\0", "").split())}
    return facts if letter.person_id is None else {**facts, "person_id": letter.person_id}


def is_another_due() -> bool:
    """Whether more mails wait to be sent now."""
    due = sa.select(Job.id).where(Job.state == "waiting", Job.run_after <= now(), Job.kind == SENDING).limit(1)
    found = session().scalar(due) is not None
    session().rollback()
    return found


def waiting_mail(mail_id: int, turn: int) -> Any:
    """What a mail is written from, or None where it does not wait, or another turn has begun."""
    asked = sa.select(Mail.kind, Mail.payload, Mail.attempts, Mail.created_at)
    return session().execute(asked.where(Mail.id == mail_id, Mail.turn == turn, Mail.state == "waiting")).first()


def note(mail_id: int, in_turn: int, **values: Any) -> bool:
    """Change a mail that waits in this turn, inside `writing()`: whether it still did. One that was sent is noted as
    such even where an admin discarded it at the same moment."""
    change = sa.update(Mail).where(Mail.id == mail_id, Mail.turn == in_turn)
    if values.get("state") != "sent":
        change = change.where(Mail.state == "waiting")
    return session().execute(change.values(**values).returning(Mail.id), execution_options=UNSYNCED).first() is not None


def put_off(job: RunningJob, mail_id: int, turn: int, because: str, about: dict[str, Any]) -> None:
    """Let a mail be tried again later, or give it up when it was tried for two days."""
    pause = pause_after(about["attempts"])
    with job.finish():
        if pause is None:
            note(mail_id, turn, state="failed", last_error=because, **about)
            return
        at = now() + pause
        if note(mail_id, turn, turn=turn + 1, next_at=at, last_error=because, **about):
            enqueue_try(mail_id, turn + 1, at)


def pause_after(attempts: int) -> timedelta | None:
    """How long a mail rests after so many tries, never in step with others; None when it was tried often enough."""
    if attempts > len(PAUSES_MIN):
        return None
    return timedelta(minutes=PAUSES_MIN[attempts - 1] * random.uniform(0.9, 1.1))


def message_id(mail_id: int, created_at: datetime) -> str:
    """The same for every try of a mail, and no other mail's."""
    host = urlsplit(current_app.config["SITE_URL"]).hostname
    return f"<mail.{mail_id}.{created_at:%Y%m%d%H%M%S%f}@{host}>"


def note_death(died: JobDied) -> None:
    """Let a mail whose job was given up be seen as failed, inside `writing()`: it could not even be tried."""
    if died.kind == SENDING:
        note(died.payload["mail_id"], died.payload["turn"], state="failed", last_error=died.last_error)
