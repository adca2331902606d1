"""Listening to a song's file, in a child, before anything is written."""

from dataclasses import dataclass

from musicapp.database import session
from musicapp.errors import WrongKind
from musicapp.storage import NotStored, media_store
from plugins.catalog.media import Sound, Unreadable, examine_safely, read_tags_safely, sniff
from plugins.catalog.models import Song
from plugins.catalog.services.covers import keep_cover
from plugins.catalog.services.ffmpeg import ffmpeg_for_work
from plugins.catalog.services.limits import limits
from plugins.catalog.services.readiness import is_finished

FILE_IS_GONE = "The file of this song is no longer on the server. Delete the song and upload it again."


@dataclass(frozen=True)
class Outcome:
    """What was found out about a song's file: its sound, or the problem with it."""

    sound: Sound | None = None
    peaks: bytes = b""
    cover_id: int | None = None
    problem: str = ""


def examine_song(song_id: int) -> Outcome | None:
    """Listen to a song's file; None when there is nothing to do any more. Writes nothing but covers.

    Raises FfmpegMissing when the file takes ffmpeg and there is none.
    """
    song = session().get(Song, song_id)
    if song is None or is_finished(song) or song.audio_key is None:
        return None
    audio_key, file_name, wants_cover = song.audio_key, song.file_name, song.cover_id is None
    session().rollback()
    try:
        path = media_store().path(audio_key)
        kind = sniff(path)
        ffmpeg = ffmpeg_for_work() if kind and kind.needs_ffmpeg else None
        examined = examine_safely(path, file_name, ffmpeg=ffmpeg, longest_s=limits().song_minutes * 60)
    except NotStored:
        return Outcome(problem=FILE_IS_GONE)
    except Unreadable as refused:
        return Outcome(problem=refused.sentence)
    cover_id = embedded_cover(read_tags_safely(path).picture) if wants_cover else None
    return Outcome(examined.sound, examined.peaks, cover_id)


def embedded_cover(picture: bytes | None) -> int | None:
    """The cover of a picture from a file's tags; one that cannot be used is passed over."""
    try:
        return keep_cover(picture) if picture else None
    except WrongKind:
        return None
