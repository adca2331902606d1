"""Invitations to a playlist: a link that one person can use once, within a week."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.errors import Conflict, NotFound
from plugins.auth import services as auth
from plugins.catalog.services import Person
from plugins.playlists.models import Invitation as Link
from plugins.playlists.models import Playlist
from plugins.playlists.services.changing import note
from plugins.playlists.services.people.members import let_in, role_of_collaborator
from plugins.playlists.services.seeing import known_id, own_playlist, role_of

DAYS = 7
MOST_OPEN = 20
DEAD = "This invitation does not work any more. It was used, or is older than a week; ask for a new one."
OVER = "This invitation was used or taken back already."


@dataclass(frozen=True)
class Invitation:
    """An invitation that waits: who invites to which playlist, to see or to change it."""

    id: int
    playlist_id: int
    playlist_name: str
    role: str
    invited_by: str
    expires_at: datetime


def invite(person: Person, playlist_id: int, role: str) -> str:
    """Make an invitation to one's own playlist and answer its secret, which is kept nowhere."""
    secret, role = secrets.token_urlsafe(24), role_of_collaborator(role)
    with writing() as unit:
        playlist = own_playlist(person, playlist_id)
        waiting = sa.select(sa.func.count()).select_from(Link).where(Link.playlist_id == playlist_id, is_open())
        if unit.execute(waiting).scalar_one() >= MOST_OPEN:
            raise Conflict(f"{MOST_OPEN} invitations wait already. Take one back first.")
        made = {"secret_sha256": hashed(secret), "invited_by": person.id, "expires_at": now() + timedelta(days=DAYS)}
        unit.add(Link(playlist_id=playlist.id, role=role, **made))
    return secret


def invitations_to(person: Person, playlist_id: int) -> list[Invitation]:
    """The invitations to one's own playlist that nobody used yet."""
    return invitations(sa.and_(Link.playlist_id == playlist_id, Playlist.owner_id == person.id, is_open()))


def invitation_of(secret: str) -> Invitation:
    """The invitation of a link; raises Conflict for one that is used or too old, or whose playlist is hidden."""
    found = invitations(sa.and_(usable(secret), Playlist.hidden_at.is_(None)))
    if not found:
        raise Conflict(DEAD)
    return found[0]


def withdraw_invitation(person: Person, playlist_id: int, invitation_id: int) -> None:
    """Take back an invitation that nobody used yet."""
    with writing() as unit:
        own_playlist(person, playlist_id)
        chosen = sa.and_(Link.playlist_id == playlist_id, Link.id == known_id(invitation_id, OVER), is_open())
        if not unit.execute(sa.delete(Link).where(chosen).returning(Link.id)).all():
            raise NotFound(OVER)


def join(person: Person, secret: str) -> int:
    """Let somebody see or change the playlist of an invitation, which then is used; answers the playlist's id.

    Of two who use one link at the same moment one is refused.
    """
    with writing() as unit:
        of_link = sa.select(Link.playlist_id).where(usable(secret)).scalar_subquery()
        stands = sa.and_(Playlist.deleted_at.is_(None), Playlist.hidden_at.is_(None))
        query = sa.select(Playlist, role_of(person)).where(Playlist.id == of_link, stands)
        found = unit.execute(query.with_for_update(of=Playlist, key_share=True)).one_or_none()
        if found is None:
            raise Conflict(DEAD)
        playlist: Playlist = found[0]
        if found[1] is not None:
            raise Conflict("You keep this playlist already; the link is still good for somebody else.")
        use = sa.update(Link).where(usable(secret)).values(used_by=person.id, used_at=now()).returning(Link.role)
        role = unit.execute(use).scalar_one_or_none()
        if role is None:
            raise Conflict(DEAD)
        let_in(playlist, person.id, role)
        note(playlist, person, "joined", role=role)
    return playlist.id


def usable(secret: str) -> sa.ColumnElement[bool]:
    return sa.and_(Link.secret_sha256 == hashed(secret), is_open())


def is_open() -> sa.ColumnElement[bool]:
    return sa.and_(Link.used_at.is_(None), Link.expires_at > now())


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def invitations(chosen: sa.ColumnElement[bool]) -> list[Invitation]:
    inviter = auth.named_people().subquery("inviter")
    query = (
        sa.select(
            Link.id, Link.playlist_id, Playlist.name, Link.role, sa.func.coalesce(inviter.c.name, ""), Link.expires_at
        )
        .join(Playlist, Playlist.id == Link.playlist_id)
        .outerjoin(inviter, inviter.c.id == Link.invited_by)
        .where(chosen, Playlist.deleted_at.is_(None))
        .order_by(Link.id)
    )
    rows: Any = session().execute(query)
    return [Invitation(*row) for row in rows]
