"""Making the version of a song that is wanted, once, and giving it its place in one commit."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.storage import StoredFile, media_store
from plugins.catalog.media import VERSION_MIMES, VersionFormat, encode_safely
from plugins.catalog.models import Song, SongVersion
from plugins.catalog.services.ffmpeg import ffmpeg_for_work
from plugins.catalog.services.limits import limits
from plugins.catalog.services.readiness import become_ready, song_to_finish
from plugins.catalog.services.versions.choosing import waits_for_version, wanted_format


@dataclass(frozen=True)
class Made:
    """A version that was made and has no row yet."""

    format: VersionFormat
    kbps: int
    file: StoredFile


def make_version(song_id: int) -> Made | None:
    """Store the version of a song that is wanted; None when none is, or it is there.

    Raises Unreadable and NotStored when it cannot be made, FfmpegMissing when it cannot be made now.
    """
    song = session().get(Song, song_id)
    if song is None or song.audio_key is None or song.deleted_at is not None:
        return None
    format, kbps = wanted_format(song.audio_mime), limits().stream_kbps
    if format is None or is_there(song_id, format, kbps):
        return None
    audio_key, name = song.audio_key, song.file_name
    session().rollback()
    ffmpeg, store = ffmpeg_for_work(), media_store()
    with tempfile.TemporaryDirectory(prefix="version-") as folder:
        into = Path(folder) / f"song.{format}"
        encode_safely(store.path(audio_key), into, ffmpeg=ffmpeg, format=format, kbps=kbps, name=name)
        with into.open("rb") as encoded:
            return Made(format, kbps, store.save(encoded, kind="versions", suffix=f".{format}"))


def is_there(song_id: int, format: str, kbps: int) -> bool:
    same = sa.select(SongVersion.song_id).where(
        SongVersion.song_id == song_id, SongVersion.format == format, SongVersion.bitrate_kbps == kbps
    )
    waiting = sa.exists().where(Song.id == song_id, Song.state == "processing")
    return session().scalar(same.where(~waiting)) is not None


def keep_version(song_id: int, made: Made | None) -> list[str]:
    """Put a version in the place of earlier ones and make a song ready that waited for it; inside `writing()`.

    Answers the keys of files that nobody needs any more.
    """
    song, album = song_to_finish(song_id)
    if song is None:
        return [made.file.key] if made else []
    useless = replace_versions(song_id, made) if made else []
    if song.state == "processing" and song.sound_sha256 and (made or not waits_for_version(song.audio_mime)):
        become_ready(song, album)
    return useless


def replace_versions(song_id: int, made: Made) -> list[str]:
    """Write the row of a new version instead of all earlier ones; answers the keys of their files."""
    earlier = list(session().scalars(sa.select(SongVersion).where(SongVersion.song_id == song_id)))
    useless = [version.audio_key for version in earlier]
    for version in earlier:
        session().delete(version)
    session().flush()
    session().add(
        SongVersion(
            song_id=song_id,
            format=made.format,
            bitrate_kbps=made.kbps,
            audio_key=made.file.key,
            audio_mime=VERSION_MIMES[made.format],
            audio_bytes=made.file.size_bytes,
            audio_sha256=made.file.sha256,
            created_at=now(),
        )
    )
    return useless
