"""The sound of a song, its waveform, and who may have them. Only reads: nothing is written on the way of the sound."""

from functools import partial
from typing import Any

import sqlalchemy as sa

from musicapp.errors import Conflict, NotFound
from musicapp.prepared import prepared
from plugins.catalog.models import Song, SongPeaks
from plugins.catalog.services.persons import LogInFirst, Person, may_listen
from plugins.catalog.services.songs import NOT_HERE
from plugins.catalog.services.versions.choosing import Sound, chosen_sound
from plugins.catalog.services.visibility import asked_by, is_known_to, is_open_by_link, kind_of_reader
from plugins.catalog.services.words import known_id

STILL_PROCESSING = "This song is still being processed. Try again in a moment."
ASKED = sa.bindparam("song_id", type_=sa.Integer)
UNREADABLE = "This song cannot be played, because its file could not be read."


def may_hear(person: Person | None, song_id: int, *, original: bool = False) -> Sound:
    """The sound of a song that somebody may hear, found in one query: the version that goes out, or the `original`.

    Raises NotFound where they may not know of it, LogInFirst where visitors may only look (who opened a secret link to
    it may hear it too), Conflict while it is not ready.
    """
    statement = prepared(("sound", original, *kind_of_reader(person)), partial(one_sound, person, original))
    rows = statement.rows(asked_by(person, song_id=known_id(song_id, NOT_HERE)))
    if not rows:
        raise NotFound(NOT_HERE)
    by_link, state, key, mime, sha256 = rows[0]
    if not (may_listen(person) or by_link):
        raise LogInFirst("Log in to hear this song.")
    if state != "ready" or key is None:
        raise Conflict(STILL_PROCESSING if state == "processing" else UNREADABLE)
    return Sound(key, mime, sha256)


def one_sound(person: Person | None, original: bool) -> sa.Select[Any]:
    by_link = is_open_by_link(Song).label("by_link")
    return chosen_sound([by_link, Song.state], original=original).where(Song.id == ASKED, is_known_to(person, Song))


def peaks_of(person: Person | None, song_id: int) -> bytes:
    """A song's waveform, 240 values of 0–255; empty until it is ready."""
    statement = prepared(("peaks", *kind_of_reader(person)), partial(one_waveform, person))
    rows = statement.rows(asked_by(person, song_id=known_id(song_id, NOT_HERE)))
    if not rows:
        raise NotFound(NOT_HERE)
    peaks: bytes | None = rows[0][0]
    return peaks or b""


def one_waveform(person: Person | None) -> sa.Select[Any]:
    waveforms = sa.select(SongPeaks.peaks).select_from(Song).outerjoin(SongPeaks, SongPeaks.song_id == Song.id)
    return waveforms.where(Song.id == ASKED, is_known_to(person, Song))
