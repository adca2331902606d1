"""Secret links to what is in no list: made, listed and withdrawn by whose it is, opened by whoever has the address."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import UNSYNCED, session, writing
from musicapp.errors import Conflict, Forbidden, Invalid, NotFound
from musicapp.routing import LARGEST_ID
from plugins.catalog.models import ShareLink
from plugins.catalog.services.inserting import one_at_a_time
from plugins.catalog.services.persons import Person, manages
from plugins.catalog.services.sharing.opened import is_alive
from plugins.catalog.services.subjects import Subject, find_subject

KINDS = ("song", "album", "playlist")
DAYS = (1, 7, 30)
MOST_OPEN = 20
KEPT_AFTER_END = timedelta(days=7)
DEAD = "This link does not work. It was withdrawn, has come to its end, or was not copied whole."


@dataclass(frozen=True)
class ShareLinkRow:
    """A link that stands; `expires_at` is None where it has no end."""

    id: int
    created_at: datetime
    expires_at: datetime | None
    opened_count: int


def shared_subject(person: Person, kind: str, subject_id: int) -> Subject:
    """Something of somebody's own that a link may lead to; raises NotFound, or Forbidden where it is another's."""
    subject = find_subject(person, kind, subject_id)
    if person.id not in subject.owner_ids and not manages(person):
        raise Forbidden("Only whose it is can make links to it.")
    if kind not in KINDS:
        raise Invalid("There are secret links to songs, albums and playlists only.")
    return subject


def make_link(person: Person, kind: str, subject_id: int, days: int | None) -> tuple[int, str]:
    """Make a link that ends after 1, 7 or 30 days, or never (None): its id, and its secret, which is kept nowhere."""
    if days is not None and days not in DAYS:
        sentence = f"A link ends after {', '.join(map(str, DAYS[:-1]))} or {DAYS[-1]} days, or has no end."
        raise Invalid(sentence, {"days": [sentence]})
    secret = secrets.token_urlsafe(24)
    with writing() as unit:
        subject = shared_subject(person, kind, subject_id)
        one_at_a_time(f"links to {subject.kind} {subject.id}")
        if len(links_that_stand(subject)) >= MOST_OPEN:
            raise Conflict(f"{MOST_OPEN} links lead here already. Withdraw one first.")
        link = ShareLink(
            secret_sha256=hashed(secret),
            subject_kind=subject.kind,
            subject_id=subject.id,
            created_by=person.id,
            expires_at=now() + timedelta(days=days) if days else None,
        )
        unit.add(link)
        unit.flush()
    return link.id, secret


def links_to(person: Person, kind: str, subject_id: int) -> list[ShareLinkRow]:
    """The links that stand to something of somebody's own, the newest first."""
    return links_that_stand(shared_subject(person, kind, subject_id))


def links_that_stand(subject: Subject) -> list[ShareLinkRow]:
    columns = (ShareLink.id, ShareLink.created_at, ShareLink.expires_at, ShareLink.opened_count)
    leads_here = sa.and_(ShareLink.subject_kind == subject.kind, ShareLink.subject_id == subject.id)
    query = sa.select(*columns).where(leads_here, is_alive()).order_by(ShareLink.id.desc())
    return [ShareLinkRow(*row) for row in session().execute(query)]


def withdraw_link(person: Person, link_id: int) -> Subject:
    """End a link at once, also for those who opened it; answers where it led. Raises NotFound."""
    with writing() as unit:
        link = unit.get(ShareLink, link_id, with_for_update=True) if link_id <= LARGEST_ID else None
        if link is None:
            raise NotFound("There is no such link of yours.")
        try:
            subject = shared_subject(person, link.subject_kind, link.subject_id)
        except Forbidden:
            raise NotFound("There is no such link of yours.") from None
        unit.delete(link)
    return subject


def open_link(secret: str, *, counts: bool = True) -> tuple[str, str, int]:
    """What lies behind a link: the hash that who opened it keeps, and the kind and id of what it leads to.

    Raises NotFound with one sentence for every link that does not work, whatever the reason.
    """
    alive = sa.and_(ShareLink.secret_sha256 == hashed(secret), is_alive())
    opened = sa.update(ShareLink).where(alive).values(opened_count=ShareLink.opened_count + int(counts))
    answered = opened.returning(ShareLink.secret_sha256, ShareLink.subject_kind, ShareLink.subject_id)
    with writing() as unit:
        found = unit.execute(answered, execution_options=UNSYNCED).first()
    if found is None:
        raise NotFound(DEAD)
    return found[0], found[1], found[2]


def forget_ended_links(at: datetime) -> None:
    """Delete the rows of links that came to their end a week ago."""
    with writing() as unit:
        unit.execute(sa.delete(ShareLink).where(ShareLink.expires_at < at - KEPT_AFTER_END))


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
