"""What an admin may see of the outbox and do to it; for the page, the API and `flask mail`."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from musicapp.database import UNSYNCED, session, writing
from musicapp.errors import Conflict, NotFound
from musicapp.mail.letters import letter_kinds
from musicapp.mail.models import Mail
from musicapp.mail.outbox import MAILS, post
from musicapp.mail.server import sends_mail
from musicapp.paging import Order, Page, page_of

Shelf = Literal["queued", "retrying", "failed", "sent"]
Unsent = Literal["retrying", "failed"]
NEWEST = Order("newest", Mail.id, Mail.id, descending=True)
KEPT = timedelta(days=30)
BATCH = 1_000
SHELVES: dict[str, sa.ColumnElement[bool]] = {
    "queued": sa.and_(Mail.state == "waiting", Mail.attempts == 0),
    "retrying": sa.and_(Mail.state == "waiting", Mail.attempts > 0),
    "failed": Mail.state == "failed",
    "sent": Mail.state == "sent",
}


@dataclass(frozen=True)
class MailRow:
    """A mail in a list; `last_error` is what the server answered last, `title` what its kind is called."""

    id: int
    kind: str
    state: str
    address: str
    subject: str
    attempts: int
    next_at: datetime
    last_error: str
    created_at: datetime
    sent_at: datetime | None
    person_id: int | None
    title: str


COLUMNS = [getattr(Mail, name) for name in MailRow.__dataclass_fields__ if name != "title"]


def mails_on(shelf: Shelf, address: str = "", *, limit: int = 50, cursor: str | None = None) -> Page[MailRow]:
    """The mails that wait to be sent, are tried again, failed or were sent, to addresses that contain this; the newest
    first."""
    titles = {name: kind.title for name, kind in letter_kinds().items()}

    def row(found: Any) -> MailRow:
        shown = {column.key: getattr(found, column.key) for column in COLUMNS}
        return MailRow(**shown, title=titles.get(found.kind, found.kind))

    query = sa.select(*COLUMNS).where(SHELVES[shelf])
    if address:
        wanted = address.lower().replace("\0", " ")  # which PostgreSQL cannot look for, and no address has
        query = query.where(Mail.address.contains(wanted, autoescape=True))
    return page_of(query, NEWEST, row, limit=limit, cursor=cursor)


def resend(mail_id: int) -> None:
    """Try a mail at once that failed or rests; raises Conflict for one that was sent or is on its way."""
    with writing():
        turns = MAILS.try_anew(Mail.id == mail_id)
        if not turns:
            raise refusal(mail_id, "Only a mail that failed, or waits for another try, can be sent again.")
        MAILS.enqueue(turns[0])


def resend_all(shelf: Unsent) -> int:
    """Try all mails that failed, or all that rest, from now on; how many there are."""
    number = 0
    while True:
        with writing() as unit:
            some = unit.scalars(sa.select(Mail.id).where(SHELVES[shelf], MAILS.is_at_rest()).limit(BATCH)).all()
            turns = MAILS.try_anew(Mail.id.in_(some))
            MAILS.enqueue_many(turns)
        number += len(turns)
        if len(some) < BATCH:
            return number


def discard(mail_id: int) -> None:
    """Send a mail never, and put it away; raises Conflict for one that was sent."""
    unsent = Mail.state.in_(("waiting", "failed"))
    with writing() as unit:
        change = sa.update(Mail).where(Mail.id == mail_id, unsent).values(state="discarded").returning(Mail.id)
        if unit.execute(change, execution_options=UNSYNCED).first() is None:
            raise refusal(mail_id, "Only a mail that was not sent yet can be discarded.")


def discard_all(shelf: Unsent) -> int:
    """Put all mails away that failed, or all that wait for another try; how many there were."""
    change = sa.update(Mail).where(SHELVES[shelf]).values(state="discarded").returning(Mail.id)
    with writing() as unit:
        return len(unit.execute(change, execution_options=UNSYNCED).all())


def post_trial(address: str) -> None:
    """Send a short mail to somebody who wants to see whether mail works; raises Conflict on a site that sends none."""
    if not sends_mail():
        raise Conflict("This site sends no mail. Set MUSICAPP_MAIL_SERVER.")
    with writing():
        post("site.trial", {"address": address}, key=uuid.uuid4().hex, address=address)


def refusal(mail_id: int, sentence: str) -> Conflict | NotFound:
    known = session().scalar(sa.select(Mail.id).where(Mail.id == mail_id))
    return Conflict(sentence) if known else NotFound(f"There is no mail {mail_id}.")


def forget_mails_to(person_id: int, address: str) -> None:
    """Delete every mail to somebody, sent or not, by who they are and by their address."""
    theirs = sa.or_(Mail.person_id == person_id, Mail.address == address.lower())
    with writing():
        MAILS.forget(theirs)


def forget_mails(kind: str, keys: Collection[str]) -> None:
    """Delete the mails of a kind that were posted by these keys, sent or not."""
    with writing():
        MAILS.forget(sa.and_(Mail.kind == kind, Mail.key.in_(keys)))


def forget_failed(kind: str, at: datetime) -> None:
    """Delete the mails of a kind that failed and are 30 days old: for letters to who has no account, of whom nothing
    else is kept."""
    old = sa.and_(Mail.state == "failed", Mail.kind == kind, Mail.created_at < at - KEPT)
    with writing():
        MAILS.forget(old)


def forget_old(at: datetime) -> int:
    """Delete some mails that were sent, discarded or not wanted 30 days ago: how many there were."""
    ended = sa.and_(
        Mail.state.in_(("sent", "unwanted", "discarded")), sa.func.coalesce(Mail.sent_at, Mail.created_at) < at - KEPT
    )
    with writing():
        return MAILS.forget(ended, at_most=BATCH)
