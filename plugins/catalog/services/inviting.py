"""Invitations to publish as an artist: a link that one account can use once, within a week."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import insert_for, session, writing
from musicapp.errors import Conflict, NotFound
from musicapp.security import holds
from plugins.auth import services as auth
from plugins.catalog.models import Artist, ArtistInvitation, ArtistMember
from plugins.catalog.services.membership import refuse_non_members
from plugins.catalog.services.ownership import artist_to_change
from plugins.catalog.services.persons import Person

DAYS = 7
MOST_OPEN = 20
DEAD = "This invitation does not work any more. It was used, or is older than a week; ask for a new one."
IS_SHOWN = sa.exists().where(Artist.id == ArtistInvitation.artist_id, Artist.hidden_at.is_(None))


@dataclass(frozen=True)
class Invitation:
    """An invitation that waits: who invites to which artist."""

    id: int
    artist_id: int
    artist_name: str
    tint: str
    invited_by: str
    expires_at: datetime


def invite(person: Person, artist_id: int) -> str:
    """Make an invitation and answer its secret, which is kept nowhere; raises Conflict when too many wait."""
    secret = secrets.token_urlsafe(24)
    with writing() as unit:
        artist_to_change(person, artist_id)
        waiting = sa.select(sa.func.count()).select_from(ArtistInvitation).where(waits(artist_id))
        if unit.execute(waiting).scalar_one() >= MOST_OPEN:
            raise Conflict(f"{MOST_OPEN} invitations wait already. Take one back first.")
        expires_at = now() + timedelta(days=DAYS)
        unit.add(
            ArtistInvitation(
                artist_id=artist_id, secret_sha256=hashed(secret), invited_by=person.id, expires_at=expires_at
            )
        )
    return secret


def invitations_to(person: Person, artist_id: int) -> list[Invitation]:
    """The invitations to an artist that nobody used yet, for those who publish as the artist."""
    refuse_non_members(person, artist_id)
    return invitations(waits(artist_id))


def invitation_of(secret: str) -> Invitation:
    """The invitation of a link; raises Conflict for one that is used or too old, or whose artist moderators hide."""
    found = invitations(usable(secret))
    if not found:
        raise Conflict(DEAD)
    return found[0]


def withdraw_invitation(person: Person, artist_id: int, invitation_id: int) -> None:
    """Take back an invitation that nobody used yet."""
    with writing() as unit:
        artist_to_change(person, artist_id)
        chosen = sa.and_(waits(artist_id), ArtistInvitation.id == invitation_id)
        if not unit.execute(sa.delete(ArtistInvitation).where(chosen).returning(ArtistInvitation.id)).all():
            raise NotFound("This invitation was used or taken back already.")


def join_artist(person: Person, secret: str) -> int:
    """Let somebody publish as the artist of an invitation, which then is used; answers the artist's id.

    Who could not publish before can from now on. Of two who use one link at the same moment one is refused.
    """
    with writing() as unit:
        use = sa.update(ArtistInvitation).where(usable(secret)).values(used_by=person.id, used_at=now())
        artist_id = unit.execute(use.returning(ArtistInvitation.artist_id)).scalar_one_or_none()
        if artist_id is None:
            raise Conflict(DEAD)
        member = insert_for(ArtistMember).values(artist_id=artist_id, user_id=person.id).on_conflict_do_nothing()
        if unit.execute(member.returning(ArtistMember.user_id)).scalar() is None:
            raise Conflict("You publish as this artist already; the link is still good for somebody else.")
        if not holds(person.role_names, "catalog.publish"):
            auth.give_role(person.id, "artist")
    return artist_id


def waits(artist_id: int) -> sa.ColumnElement[bool]:
    return sa.and_(ArtistInvitation.artist_id == artist_id, is_open())


def usable(secret: str) -> sa.ColumnElement[bool]:
    """Whether this is the invitation of a link, and it lets somebody in."""
    is_meant = ArtistInvitation.secret_sha256 == hashed(secret)
    return sa.and_(is_meant, is_open(), IS_SHOWN.correlate(ArtistInvitation))


def is_open() -> sa.ColumnElement[bool]:
    return sa.and_(ArtistInvitation.used_at.is_(None), ArtistInvitation.expires_at > now())


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def invitations(chosen: sa.ColumnElement[bool]) -> list[Invitation]:
    query = (
        sa.select(ArtistInvitation, Artist.name, Artist.tint)
        .join(Artist, Artist.id == ArtistInvitation.artist_id)
        .where(chosen)
        .order_by(ArtistInvitation.id)
    )
    rows = session().execute(query).all()
    names = auth.names_of([one.invited_by for one, _, _ in rows if one.invited_by])
    return [
        Invitation(one.id, one.artist_id, name, tint, names.get(one.invited_by or 0, ""), one.expires_at)
        for one, name, tint in rows
    ]
