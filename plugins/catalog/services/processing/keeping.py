"""Writing what was found out about a song's file."""

from musicapp.database import session, writing
from musicapp.plugins import emit
from plugins.catalog.events import SongUnreadable, SoundRepeated
from plugins.catalog.models import Album, Song, SongPeaks
from plugins.catalog.services.covers import wear
from plugins.catalog.services.processing.enqueuing import enqueue_version
from plugins.catalog.services.processing.examining import Outcome
from plugins.catalog.services.readiness import LOCK, become_ready, is_finished, song_to_finish
from plugins.catalog.services.repetition import repeated_by
from plugins.catalog.services.versions.choosing import waits_for_version, wanted_format

GIVEN_UP = "The site could not work on this file. Its admins can see why and try again."
CANCELLED = "An admin stopped the work on this file. Delete the song and upload it once more."


def keep_outcome(song_id: int, outcome: Outcome) -> str | None:
    """Write what was found out, and answer the key of a file that is no longer needed; inside `writing()`.

    A song that browsers cannot play becomes ready with its version.
    """
    song, album = song_to_finish(song_id)
    if song is None or is_finished(song):
        return None
    if outcome.sound is None:
        return keep_problem(song, outcome.problem)
    keep_sound(song, outcome)
    if outcome.cover_id is not None:
        give_cover(song, album, outcome.cover_id)
    if (other_id := repeated_by(song)) is not None:
        emit(SoundRepeated(song.id, song.artist_id, other_id))
    if wanted_format(song.audio_mime) is not None:
        enqueue_version(song.id)
    if waits_for_version(song.audio_mime):
        song.state = "processing"
    else:
        become_ready(song, album)
    return None


def keep_sound(song: Song, outcome: Outcome) -> None:
    """Write on a song how it sounds."""
    sound = outcome.sound
    assert sound is not None
    song.problem = ""
    song.duration_s = sound.duration_s
    song.audio_mime = sound.mime
    song.bitrate_kbps, song.sample_rate_hz, song.channels = sound.bitrate_kbps, sound.sample_rate, sound.channels
    song.loudness_lufs, song.true_peak_dbtp = sound.loudness_lufs, sound.true_peak_dbtp
    song.sound_sha256 = sound.sound_sha256
    session().merge(SongPeaks(song_id=song.id, peaks=outcome.peaks))


def keep_problem(song: Song, problem: str) -> str | None:
    """Mark a song as unreadable and answer the key of its file, which nobody needs any more."""
    useless, song.audio_key = song.audio_key, None
    song.state, song.problem = "unreadable", problem
    emit(SongUnreadable(song.id, song.artist_id, problem))
    return useless


def give_cover(song: Song, album: Album | None, cover_id: int) -> None:
    """A picture from a song's tags is the album's cover, the song's own only when the album has another."""
    if album is None or album.id != song.album_id:
        wear(song, cover_id)
    elif album.cover_id is None:
        wear(album, cover_id)
    elif album.cover_id != cover_id:
        wear(song, cover_id)


def say_what_is_missing(song_id: int, sentence: str) -> None:
    """Say on a song that waits what it waits for."""
    with writing():
        song = session().get(Song, song_id, with_for_update=LOCK)
        if song is not None and song.state == "processing":
            song.problem = sentence


def give_up(song_id: int, why: str = GIVEN_UP) -> None:
    """Say on a song why no job works on it any more; its file stays for another try. Inside `writing()`."""
    song = session().get(Song, song_id, with_for_update=LOCK)
    if song is not None and song.state == "processing":
        song.state, song.problem = "unreadable", song.problem or why
        emit(SongUnreadable(song.id, song.artist_id, song.problem))
