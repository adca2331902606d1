"""The accounts that publish as an artist: who they are, who goes, and that somebody always stays."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from musicapp.database import session, writing
from musicapp.errors import Conflict, NotFound
from plugins.auth import services as auth
from plugins.catalog.models import Artist, ArtistInvitation, ArtistMember
from plugins.catalog.services.artists import NOT_HERE
from plugins.catalog.services.ownership import artist_to_change
from plugins.catalog.services.persons import Person, manages
from plugins.catalog.services.visibility import is_theirs
from plugins.catalog.services.words import known_id

LAST_ONE = "You are the last who publishes as this artist. Invite somebody else before you leave."


@dataclass(frozen=True)
class Member:
    """An account that publishes as an artist."""

    person_id: int
    name: str
    joined_at: datetime


def refuse_non_members(person: Person, artist_id: int) -> None:
    """Refuse who does not publish as an artist; that they exist is no secret, who they are is."""
    theirs = is_theirs(person, Artist.id)
    found = session().execute(sa.select(theirs).where(Artist.id == known_id(artist_id, NOT_HERE))).one_or_none()
    if found is None or not (found[0] or manages(person)):
        raise NotFound(NOT_HERE)


def accounts_of(artist_id: int) -> tuple[int, ...]:
    """The ids of the accounts that publish as an artist; for services that tell them something, not for pages."""
    query = sa.select(ArtistMember.user_id).where(ArtistMember.artist_id == artist_id)
    return tuple(session().scalars(query.order_by(ArtistMember.joined_at, ArtistMember.user_id)))


def members_of(person: Person, artist_id: int) -> list[Member]:
    """Who publishes as an artist, the first first; for those who do so themselves."""
    refuse_non_members(person, artist_id)
    query = sa.select(ArtistMember.user_id, ArtistMember.joined_at).where(ArtistMember.artist_id == artist_id)
    rows = session().execute(query.order_by(ArtistMember.joined_at, ArtistMember.user_id)).all()
    names = auth.names_of([person_id for person_id, _ in rows])
    return [Member(person_id, names.get(person_id, ""), joined_at) for person_id, joined_at in rows]


def remove_member(person: Person, artist_id: int, person_id: int) -> None:
    """Let an account no longer publish as an artist, somebody else's or one's own; never the last one.

    The artist's row is locked, so that two who leave at once do not both find the other there. The invitations that
    the account made and nobody used end with it.
    """
    with writing() as unit:
        artist_to_change(person, artist_id)
        query = sa.select(ArtistMember).where(ArtistMember.artist_id == artist_id)
        members = {member.user_id: member for member in unit.scalars(query)}
        if person_id not in members:
            raise NotFound("They do not publish as this artist.")
        if len(members) == 1:
            raise Conflict(LAST_ONE)
        unit.delete(members[person_id])
        unused = sa.and_(ArtistInvitation.artist_id == artist_id, ArtistInvitation.used_at.is_(None))
        unit.execute(sa.delete(ArtistInvitation).where(unused, ArtistInvitation.invited_by == person_id))
