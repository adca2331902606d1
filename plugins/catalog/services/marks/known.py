"""Whether somebody may know of the music that they mark, asked so that it stays until the mark is written."""

import sqlalchemy as sa

from musicapp.database import session
from musicapp.errors import NotFound
from plugins.catalog.models import Album, Artist, Song
from plugins.catalog.services import albums, artists, songs
from plugins.catalog.services.artists import is_known_artist
from plugins.catalog.services.persons import Person
from plugins.catalog.services.visibility import is_known_to
from plugins.catalog.services.words import known_id

NOT_HERE = {"song": songs.NOT_HERE, "album": albums.NOT_HERE, "artist": artists.NOT_HERE}


def possible_id(kind: str, subject_id: int) -> int:
    """An id that a `song`, an `album` or an `artist` could have; raises NotFound for any other."""
    if kind not in NOT_HERE:
        raise NotFound("There is no such music.")
    return known_id(subject_id, NOT_HERE[kind])


def refuse_unknown(person: Person, kind: str, subject_id: int) -> None:
    """Raise NotFound where somebody may not know of a song, an album or an artist."""
    column, known = known_of(person, kind)
    found = sa.select(column).where(column == possible_id(kind, subject_id), known)
    if session().scalar(found.with_for_update(read=True, key_share=True)) is None:
        raise NotFound(NOT_HERE[kind])


def known_of(person: Person, kind: str) -> tuple[sa.SQLColumnExpression[int], sa.ColumnElement[bool]]:
    """The id of music of a kind, and whether somebody may know of it."""
    if kind == "song":
        return Song.id, is_known_to(person, Song)
    if kind == "album":
        return Album.id, is_known_to(person, Album)
    return Artist.id, is_known_artist(person)
