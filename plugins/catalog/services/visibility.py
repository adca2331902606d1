"""Who may know of which music: written once, asked by every list, page, file and feed."""

import sqlalchemy as sa

from musicapp.clock import now
from plugins.catalog.models import Album, ArtistMember, Song
from plugins.catalog.services.persons import Person, may_browse, sees_all

Condition = sa.ColumnElement[bool]
# Written into the statement, not given as a parameter: only so do databases see that an index of ready songs will do.
IS_READY = Song.state == sa.literal_column("'ready'")


def visible_songs(person: Person | None) -> sa.Select[Song]:
    """The songs that somebody may find and hear in lists: published, ready, neither hidden nor deleted."""
    query = sa.select(Song).where(is_public(Song))
    return query if may_browse(person) else query.where(sa.false())


def visible_albums(person: Person | None) -> sa.Select[Album]:
    """The albums that somebody may find in lists: published, neither hidden nor deleted."""
    query = sa.select(Album).where(is_public(Album))
    return query if may_browse(person) else query.where(sa.false())


def known_songs(person: Person | None) -> sa.Select[Song]:
    """The songs that somebody may open by their address: the visible ones, their own, and for staff every one."""
    return sa.select(Song).where(is_known_to(person, Song))


def known_albums(person: Person | None) -> sa.Select[Album]:
    """The albums that somebody may open by their address."""
    return sa.select(Album).where(is_known_to(person, Album))


def is_public(table: type[Song] | type[Album]) -> Condition:
    """Whether everybody may find this."""
    conditions = [table.deleted_at.is_(None), table.hidden_at.is_(None), table.published_at <= now()]
    return sa.and_(*conditions, IS_READY) if table is Song else sa.and_(*conditions)


def is_known_to(person: Person | None, table: type[Song] | type[Album]) -> Condition:
    """Whether somebody may know that this is there."""
    if person is None:
        return is_public(table) if may_browse(None) else sa.false()
    if sees_all(person):
        return table.deleted_at.is_(None)
    return sa.or_(is_public(table), sa.and_(table.deleted_at.is_(None), is_theirs(person, table.artist_id)))


def is_theirs(person: Person | None, artist_id: sa.SQLColumnExpression[int]) -> Condition:
    """Whether somebody publishes as this artist."""
    if person is None:
        return sa.false()
    return artist_id.in_(sa.select(ArtistMember.artist_id).where(ArtistMember.user_id == person.id))
