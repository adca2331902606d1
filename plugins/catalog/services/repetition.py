"""Songs of one artist that sound the same, whatever their files say: copies with other tags, or of another format."""

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from musicapp.database import session
from plugins.catalog.models import Song
from plugins.catalog.services.persons import Person
from plugins.catalog.services.rows import SongRow, song_columns, song_row
from plugins.catalog.services.songs import NOT_HERE
from plugins.catalog.services.visibility import Condition, known_songs
from plugins.catalog.services.words import known_id

NAMED_AT_MOST = 50


def same_sound(person: Person | None, song_id: int) -> list[SongRow]:
    """Other kept songs of the same artist with the same sound, oldest first, of those that the person may know of."""
    song = aliased(Song)
    like = sa.exists().where(song.id == known_id(song_id, NOT_HERE), is_repeated(song)).correlate(Song)
    query = song_columns(known_songs(person).where(like), person)
    return [song_row(row) for row in session().execute(query.order_by(Song.id).limit(NAMED_AT_MOST))]


def repeated_by(song: Song) -> int | None:
    """The id of the oldest other kept song of an artist that sounds the same, None when there is none."""
    return session().scalar(sa.select(sa.func.min(Song.id)).where(is_repeated(song)))


def is_repeated(song: Song | type[Song]) -> Condition:
    """Whether a kept song sounds like `song` and is another of the same artist."""
    return sa.and_(
        Song.id != song.id,
        Song.artist_id == song.artist_id,
        Song.sound_sha256 == song.sound_sha256,
        Song.state != "unreadable",
        Song.deleted_at.is_(None),
    )
