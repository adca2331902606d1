"""Posting: a mail becomes a row of the outbox and a job, in the transaction of what caused it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from musicapp.clock import now
from musicapp.database import insert_for, session, writing
from musicapp.jobs.tries import Tries, Turn
from musicapp.mail.letters import known_kind
from musicapp.mail.models import Mail
from musicapp.mail.server import sends_mail

SENDING = "site.send_mail"
BATCH = 500
FEW = 10
PAUSES_MIN = (1, 5, 15, 30, 60, 120, 240, 480, 720, 1200)
"""How long a mail rests after each try that failed: two days in all, then it is given up."""
MAILS = Tries(Mail, SENDING, "mail_id", PAUSES_MIN)


@dataclass(frozen=True)
class Posting:
    """One of many mails of a kind: what its letter is written from, and who will get it where that is known."""

    payload: dict[str, Any]
    key: str
    address: str = ""
    person_id: int | None = None


def post(kind: str, payload: dict[str, Any], *, key: str, address: str = "", person_id: int | None = None) -> None:
    """Put a mail into the outbox, inside `writing()`: the worker writes it from the payload when it is sent.

    Nothing happens where a mail of this kind has the `key`, or on a site without mail. Raises LookupError for a kind
    that nobody writes.
    """
    post_many(kind, [Posting(payload, key, address, person_id)])


def post_many(kind: str, postings: Sequence[Posting]) -> None:
    """Put many mails of one kind into the outbox, as `post` does with one."""
    known_kind(kind)
    if not sends_mail():
        return
    moment = now()
    with writing():
        for first in range(0, len(postings), BATCH):
            post_batch(kind, postings[first : first + BATCH], moment, soon=len(postings) <= FEW)


def post_batch(kind: str, postings: Sequence[Posting], moment: datetime, *, soon: bool) -> None:
    rows = [
        {
            "kind": kind,
            "key": posting.key,
            "payload": json.loads(json.dumps(posting.payload)),
            "address": posting.address.lower(),
            "person_id": posting.person_id,
            "next_at": moment,
            "created_at": moment,
        }
        for posting in postings
    ]
    insert = insert_for(Mail).on_conflict_do_nothing().returning(Mail.id)
    first_turns = [Turn(mail_id, 0) for (mail_id,) in session().execute(insert, rows).all()]
    if soon:
        for turn in first_turns:
            MAILS.enqueue(turn)
    else:
        MAILS.enqueue_many(first_turns)
