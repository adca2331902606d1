"""Files that changed: their songs get the new file, and what the new tags say.

A song that somebody edited keeps its words, and so does one that moderators hid: other tags would move it elsewhere.
"""

from typing import Any

import sqlalchemy as sa

from musicapp.database import UNSYNCED, session
from musicapp.plugins import emit
from plugins.catalog.events import SongChanged
from plugins.catalog.models import Song, SongPeaks, SongVersion
from plugins.catalog.services.folders.arriving import Arrival
from plugins.catalog.services.folders.kept import Kept
from plugins.catalog.services.folders.looking import Look
from plugins.catalog.services.folders.songs import Sound, note_same, songs_with
from plugins.catalog.services.folders.words import WORDS, file_values, words_hash, words_of
from plugins.catalog.services.moderating.along import IS_NOT_TAKEN_ANEW, settle_songs

READ = tuple(getattr(Song, name) for name in ("id", "audio_key", "audio_sha256", "deleted_at", "hidden_at", *WORDS))
# What was found out by decoding the file as it was.
UNKNOWN_AGAIN = {"sound_sha256": None, "loudness_lufs": None, "true_peak_dbtp": None}


def change_songs(look: Look, kept: Kept, arrivals: list[Arrival]) -> None:
    """Give songs what their files became; inside `writing()`."""
    songs = songs_of(arrivals)
    sounds = [(song.artist_id, one.facts.sha256) for one, song in songs] + [one.sound for one, _ in songs]
    here = songs_with(sounds, IS_NOT_TAKEN_ANEW) | songs_with(sounds)
    changes = []
    for arrival, song in songs:
        change = change_of(look, kept, arrival, song, here)
        if change is not None:
            changes.append(change)
            emit(SongChanged(song.id, change.get("artist_id", song.artist_id)))
    for keeps_words in (True, False):
        update_songs([change for change in changes if ("title" not in change) is keeps_words])
    changed_ids = [change["row_id"] for change in changes]
    settle_songs(Song.id.in_(changed_ids))
    forget_sounds(kept, changed_ids)
    kept.to_finish += changed_ids


def songs_of(arrivals: list[Arrival]) -> list[tuple[Arrival, sa.Row[Any]]]:
    """Changed files with the songs that are theirs until now, locked."""
    wanted = {one.suspect.known.song_id: one for one in arrivals if one.suspect.known}
    if not wanted:
        return []
    query = sa.select(*READ).where(Song.id.in_(wanted)).order_by(Song.id).with_for_update(key_share=True)
    return [(wanted[song.id], song) for song in session().execute(query)]


def change_of(
    look: Look, kept: Kept, arrival: Arrival, song: sa.Row[Any], here: dict[Sound, int]
) -> dict[str, Any] | None:
    """The new values of a song's row; None when it stays as it is, because its file holds the same or it is deleted."""
    known = arrival.suspect.known
    assert known is not None
    if song.audio_sha256 == arrival.facts.sha256 or song.deleted_at is not None:
        kept.useless.append(arrival.taken.key)
        kept.note(arrival.suspect, song.id, known.words_sha256)
        look.count("unchanged")
        return None
    keeps_words = song.hidden_at is not None or words_hash(dict(song._mapping)) != known.words_sha256
    sound = (song.artist_id if keeps_words else arrival.artist_id, arrival.facts.sha256)
    if here.setdefault(sound, song.id) != song.id:
        kept.useless.append(arrival.taken.key)
        kept.note(arrival.suspect, here[sound], words_hash(words_of(arrival)))
        note_same(look, arrival, here[sound])
        return None
    if song.audio_key:
        kept.useless.append(song.audio_key)
    words = {} if keeps_words else words_of(arrival)
    kept.note(arrival.suspect, song.id, known.words_sha256 if keeps_words else words_hash(words))
    look.count("changed")
    return {"row_id": song.id, **file_values(arrival), **words, **UNKNOWN_AGAIN}


def update_songs(changes: list[dict[str, Any]]) -> None:
    """Write changes of the same columns, in one statement."""
    if not changes:
        return
    values: dict[str, Any] = {name: sa.bindparam(name) for name in changes[0] if name != "row_id"}
    update = sa.update(Song).where(Song.id == sa.bindparam("row_id"))
    session().connection().execute(update.values(**values, version=Song.version + 1), changes)


def forget_sounds(kept: Kept, song_ids: list[int]) -> None:
    """Forget what was made of the sounds that songs had; it is made again."""
    if not song_ids:
        return
    versions = sa.select(SongVersion.audio_key).where(SongVersion.song_id.in_(song_ids))
    kept.useless += session().scalars(versions)
    for table in (SongVersion, SongPeaks):
        session().execute(sa.delete(table).where(table.song_id.in_(song_ids)), execution_options=UNSYNCED)
