"""The sound of a song, its waveform, and who may have them. Only reads: nothing is written on the way of the sound."""

import sqlalchemy as sa

from musicapp.database import session
from musicapp.errors import Conflict, NotFound
from plugins.catalog.models import Song, SongPeaks
from plugins.catalog.services.persons import LogInFirst, Person, may_listen
from plugins.catalog.services.songs import NOT_HERE
from plugins.catalog.services.versions.choosing import Sound, chosen_sound
from plugins.catalog.services.visibility import is_known_to
from plugins.catalog.services.words import known_id

STILL_PROCESSING = "This song is still being processed. Try again in a moment."
UNREADABLE = "This song cannot be played, because its file could not be read."


def may_hear(person: Person | None, song_id: int, *, original: bool = False) -> Sound:
    """The sound of a song that somebody may hear, found in one query: the version that goes out, or the `original`.

    Raises NotFound where they may not know of it, LogInFirst where visitors may only look, Conflict while it is not
    ready.
    """
    asked = sa.and_(Song.id == known_id(song_id, NOT_HERE), is_known_to(person, Song))
    row = session().execute(chosen_sound([Song.state], original=original).where(asked)).one_or_none()
    if row is None:
        raise NotFound(NOT_HERE)
    if not may_listen(person):
        raise LogInFirst("Log in to hear this song.")
    state, key, mime, sha256 = row
    if state != "ready" or key is None:
        raise Conflict(STILL_PROCESSING if state == "processing" else UNREADABLE)
    return Sound(key, mime, sha256)


def peaks_of(person: Person | None, song_id: int) -> bytes:
    """A song's waveform, 240 values of 0–255; empty until it is ready."""
    query = (
        sa.select(Song.id, SongPeaks.peaks)
        .outerjoin(SongPeaks, SongPeaks.song_id == Song.id)
        .where(Song.id == known_id(song_id, NOT_HERE), is_known_to(person, Song))
    )
    row = session().execute(query).one_or_none()
    if row is None:
        raise NotFound(NOT_HERE)
    return row[1] or b""
