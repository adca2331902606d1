"""Who may know of which music: written once, asked by every list, page, file and feed."""

from typing import Any

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import UtcDateTime
from plugins.catalog.models import Album, ArtistMember, Song
from plugins.catalog.services.persons import Person, manages, may_browse, sees_all
from plugins.catalog.services.sharing.opened import is_opened, opened_links

Condition = sa.ColumnElement[bool]
# The moment at which a statement is sent, so that one that was made ready earlier knows the time too.
NOW = sa.bindparam("now", callable_=now, type_=UtcDateTime())
# Written into the statement, not given as a parameter: only so do databases see that an index of ready songs will do.
IS_READY = Song.state == sa.literal_column("'ready'")


def visible_songs(person: Person | None) -> sa.Select[Song]:
    """The songs that somebody may find and hear in lists: published, ready, neither hidden nor deleted."""
    return public_songs() if may_browse(person) else public_songs().where(sa.false())


def visible_albums(person: Person | None) -> sa.Select[Album]:
    """The albums that somebody may find in lists: published, neither hidden nor deleted."""
    return public_albums() if may_browse(person) else public_albums().where(sa.false())


def public_songs() -> sa.Select[Song]:
    """The songs in the lists of all who may browse."""
    return sa.select(Song).where(is_public(Song))


def public_albums() -> sa.Select[Album]:
    """The albums in the lists of all who may browse."""
    return sa.select(Album).where(is_public(Album))


def known_songs(person: Person | None) -> sa.Select[Song]:
    """The songs that somebody may open by their address: the visible ones, their own, those to which they opened a
    secret link, and for staff every one."""
    return sa.select(Song).where(is_known_to(person, Song))


def known_albums(person: Person | None) -> sa.Select[Album]:
    """The albums that somebody may open by their address."""
    return sa.select(Album).where(is_known_to(person, Album))


def is_public(table: type[Song] | type[Album]) -> Condition:
    """Whether everybody may find this."""
    return sa.and_(table.hidden_at.is_(None), is_out(table))


def is_out(table: type[Song] | type[Album]) -> Condition:
    """Whether everybody may find this as far as its artist decides, whatever moderators hid."""
    conditions = [table.deleted_at.is_(None), table.published_at <= NOW]
    return sa.and_(*conditions, IS_READY) if table is Song else sa.and_(*conditions)


def is_known_to(person: Person | None, table: type[Song] | type[Album]) -> Condition:
    """Whether somebody may know that this is there; what moderators removed, the staff alone."""
    if person is None and not may_browse(None):
        return sa.false()
    if sees_all(person):
        return sa.or_(table.deleted_at.is_(None), table.removed_at.is_not(None))
    ways = [is_public(table)]
    if person is not None:
        ways.append(sa.and_(table.deleted_at.is_(None), is_theirs(person, table.artist_id)))
    return sa.or_(*ways, is_open_by_link(table))


def is_open_by_link(table: type[Song] | type[Album]) -> Condition:
    """Whether who asks opened a secret link to this, or to the album of this song; what moderators hid stays hidden."""
    there = sa.and_(table.deleted_at.is_(None), table.hidden_at.is_(None))
    if table is Song:
        return sa.and_(there, sa.or_(is_opened("song", Song.id), is_opened("album", Song.album_id)))
    return sa.and_(there, is_opened("album", Album.id))


def is_theirs(person: Person | None, artist_id: sa.SQLColumnExpression[int]) -> Condition:
    """Whether somebody publishes as this artist."""
    if person is None:
        return sa.false()
    reader_id = sa.bindparam("reader_id", person.id, sa.Integer)
    return artist_id.in_(sa.select(ArtistMember.artist_id).where(ArtistMember.user_id == reader_id))


def asked_by(person: Person | None, **values: Any) -> dict[str, Any]:
    """The values of a statement made ready, with those by which it knows who asks."""
    return {"reader_id": person.id if person else 0, **values}


def kind_of_reader(person: Person | None) -> tuple[bool, ...]:
    """What makes a statement about music other for one reader than for another; the rest are values."""
    return person is None, may_browse(person), sees_all(person), manages(person), bool(opened_links())
