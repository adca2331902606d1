"""What the worker does with an uploaded song: listen to all of it once, and find its cover."""

from dataclasses import dataclass

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.errors import WrongKind
from musicapp.plugins import emit
from musicapp.storage import NotStored, media_store
from plugins.catalog.events import SongPublished, SongReady, SongUnreadable
from plugins.catalog.media import Sound, Unreadable, examine_safely, read_tags_safely
from plugins.catalog.models import Album, Song, SongPeaks
from plugins.catalog.services.covers import keep_cover, wear
from plugins.catalog.services.limits import limits

FILE_IS_GONE = "The file of this song is no longer on the server. Delete the song and upload it again."
LOCK = {"key_share": True}
GIVEN_UP = "The site could not work on this file. Its admins can see why and try again."


@dataclass(frozen=True)
class Outcome:
    """What was found out about a song's file: its sound, or the problem with it."""

    sound: Sound | None = None
    peaks: bytes = b""
    cover_id: int | None = None
    problem: str = ""


def examine_song(song_id: int) -> Outcome | None:
    """Listen to a song's file; None when there is nothing to do any more. Writes nothing but covers."""
    song = session().get(Song, song_id)
    if song is None or song.state == "ready" or song.audio_key is None:
        return None
    audio_key, file_name, wants_cover = song.audio_key, song.file_name, song.cover_id is None
    session().rollback()
    try:
        path = media_store().path(audio_key)
        examined = examine_safely(path, file_name)
    except NotStored:
        return Outcome(problem=FILE_IS_GONE)
    except Unreadable as refused:
        return Outcome(problem=refused.sentence)
    minutes = limits().song_minutes
    if examined.sound.duration_s > minutes * 60:
        lasts = round(examined.sound.duration_s / 60)
        return Outcome(problem=f"This song lasts {lasts} minutes; the site takes songs of up to {minutes}.")
    cover_id = embedded_cover(read_tags_safely(path).picture) if wants_cover else None
    return Outcome(examined.sound, examined.peaks, cover_id)


def embedded_cover(picture: bytes | None) -> int | None:
    """The cover of a picture from a file's tags; one that cannot be used is passed over."""
    try:
        return keep_cover(picture) if picture else None
    except WrongKind:
        return None


def keep_outcome(song_id: int, outcome: Outcome) -> str | None:
    """Write what was found out, and answer the key of a file that is no longer needed; inside `writing()`."""
    album = album_to_lock(song_id)  # before its song, as everybody locks them
    song = session().get(Song, song_id, with_for_update=LOCK)
    if song is None or song.state == "ready":
        return None
    if outcome.sound is None:
        return keep_problem(song, outcome.problem)
    song.state, song.problem = "ready", ""
    song.duration_s = outcome.sound.duration_s
    song.audio_mime = outcome.sound.mime
    session().merge(SongPeaks(song_id=song.id, peaks=outcome.peaks))
    if outcome.cover_id is not None:
        give_cover(song, album, outcome.cover_id)
    emit(SongReady(song.id, song.artist_id))
    if song.deleted_at is None and song.published_at is not None and song.published_at <= now():
        emit(SongPublished(song.id, song.artist_id, song.album_id))
    return None


def keep_problem(song: Song, problem: str) -> str | None:
    """Mark a song as unreadable and answer the key of its file, which nobody needs any more."""
    useless, song.audio_key = song.audio_key, None
    song.state, song.problem = "unreadable", problem
    emit(SongUnreadable(song.id, song.artist_id, problem))
    return useless


def album_to_lock(song_id: int) -> Album | None:
    album_id = session().scalar(sa.select(Song.album_id).where(Song.id == song_id))
    return session().get(Album, album_id, with_for_update=LOCK) if album_id is not None else None


def give_cover(song: Song, album: Album | None, cover_id: int) -> None:
    """A picture from a song's tags is the album's cover, the song's own only when the album has another."""
    if album is None or album.id != song.album_id:
        wear(song, cover_id)
    elif album.cover_id is None:
        wear(album, cover_id)
    elif album.cover_id != cover_id:
        wear(song, cover_id)


def give_up(song_id: int) -> None:
    """Say on a song that its job failed for good; its file stays for another try. Inside `writing()`."""
    song = session().get(Song, song_id, with_for_update=LOCK)
    if song is not None and song.state == "processing":
        song.state, song.problem = "unreadable", GIVEN_UP
        emit(SongUnreadable(song.id, song.artist_id, GIVEN_UP))
