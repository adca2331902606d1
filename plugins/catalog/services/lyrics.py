"""The words of a song, for who sings along."""

import sqlalchemy as sa

from musicapp.database import session
from musicapp.errors import NotFound
from plugins.catalog.models import Song
from plugins.catalog.services.persons import Person
from plugins.catalog.services.songs import NOT_HERE
from plugins.catalog.services.visibility import is_known_to
from plugins.catalog.services.words import known_id


def lyrics_of(person: Person | None, song_id: int) -> str:
    """A song's lyrics as they were written, plain or timed; raises NotFound where they may not know of the song."""
    query = sa.select(Song.lyrics).where(Song.id == known_id(song_id, NOT_HERE), is_known_to(person, Song))
    lyrics = session().execute(query).scalar_one_or_none()
    if lyrics is None:
        raise NotFound(NOT_HERE)
    return lyrics
