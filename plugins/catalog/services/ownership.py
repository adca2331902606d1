"""Whose music something is: found and locked for who may change it, refused in the right words to everybody else."""

from datetime import timedelta
from typing import TypeVar

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.errors import Conflict, Forbidden, NotFound
from plugins.catalog.models import Album, Artist, Song
from plugins.catalog.services import albums, artists, songs
from plugins.catalog.services.limits import limits
from plugins.catalog.services.persons import Person, manages
from plugins.catalog.services.visibility import is_known_to, is_theirs
from plugins.catalog.services.words import known_id

T = TypeVar("T", Song, Album, Artist)


def song_to_change(person: Person, song_id: int, *, deleted: bool = False) -> Song:
    """A song, locked until the end of this unit of work; `deleted` asks for one that can be brought back."""
    known = Song.deleted_at.is_not(None) if deleted else stands(person, Song)
    chosen = sa.and_(Song.id == known_id(song_id, songs.NOT_HERE), known)
    return locked(person, Song, chosen, Song.artist_id, songs.NOT_HERE, deleted=deleted)


def album_to_change(person: Person, album_id: int, *, deleted: bool = False) -> Album:
    """An album, locked until the end of this unit of work; `deleted` asks for one that can be brought back."""
    known = Album.deleted_at.is_not(None) if deleted else stands(person, Album)
    chosen = sa.and_(Album.id == known_id(album_id, albums.NOT_HERE), known)
    return locked(person, Album, chosen, Album.artist_id, albums.NOT_HERE, deleted=deleted)


def artist_to_change(person: Person, artist_id: int) -> Artist:
    """An artist, locked until the end of this unit of work."""
    chosen = Artist.id == known_id(artist_id, artists.NOT_HERE)
    return locked(person, Artist, chosen, Artist.id, artists.NOT_HERE)


def stands(person: Person, table: type[Song] | type[Album]) -> sa.ColumnElement[bool]:
    """Whether something is there that somebody may know of; what was removed, nobody changes."""
    return sa.and_(table.deleted_at.is_(None), is_known_to(person, table))


def locked(
    person: Person,
    table: type[T],
    chosen: sa.ColumnElement[bool],
    artist_id: sa.SQLColumnExpression[int],
    not_here: str,
    *,
    deleted: bool = False,
) -> T:
    """The row that is chosen, locked, when it is theirs whose `artist_id` it carries."""
    query = sa.select(table, is_theirs(person, artist_id)).where(chosen)
    row = session().execute(query.with_for_update(of=table, key_share=True)).one_or_none()
    if row is None:
        raise NotFound(not_here)
    thing, theirs = row
    refuse_strangers(person, theirs, deleted, not_here)
    return thing


def refuse_strangers(person: Person, theirs: bool, deleted: bool, not_here: str) -> None:
    """What is public may be known of and not changed; what was deleted may not even be known of."""
    if theirs or manages(person):
        return
    raise NotFound(not_here) if deleted else Forbidden("This is another artist's music; only they can change it.")


def refuse_if_gone(thing: Song | Album) -> None:
    """Refuse to bring back what was deleted too long ago, and what moderators removed."""
    title, deleted_at, days = thing.title, thing.deleted_at, limits().restorable_days
    if thing.removed_at is not None:
        raise Conflict(
            f"Moderators removed “{title}”, so you cannot bring it back. Their decision says why, and how to appeal."
        )
    if deleted_at is None or deleted_at < now() - timedelta(days=days):
        raise Conflict(f"“{title}” was deleted more than {days} days ago and cannot be brought back.")
