"""Which form of a song goes out to listeners, by what browsers play and by what the site's owner chose."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from plugins.catalog.media import LOSSLESS_MIMES, UNPLAYABLE_MIMES, VersionFormat
from plugins.catalog.models import Song, SongVersion
from plugins.catalog.services.limits import limits
from plugins.catalog.services.visibility import Condition


@dataclass(frozen=True)
class Sound:
    """A stored file of music: its key, type and SHA-256."""

    key: str
    mime: str
    sha256: str


def converted_mimes() -> Sequence[str]:
    """The types of originals of which a version is wanted; none where originals go out as they are."""
    if limits().stream_format == "original":
        return ()
    return LOSSLESS_MIMES if limits().converted == "lossless" else UNPLAYABLE_MIMES


def wanted_format(audio_mime: str) -> VersionFormat | None:
    """The format of which a version is wanted of an original of this type, None when the original goes out."""
    chosen = limits().stream_format
    return None if chosen == "original" or audio_mime not in converted_mimes() else chosen


def waits_for_version(audio_mime: str) -> bool:
    """Whether a song of this type is not ready before it has a version, since most browsers cannot play it."""
    return audio_mime in UNPLAYABLE_MIMES and wanted_format(audio_mime) is not None


def wants_version() -> Condition:
    """Whether a song that can be heard is one of which a version is wanted."""
    return sa.and_(Song.audio_mime.in_(converted_mimes()), Song.state == "ready", Song.deleted_at.is_(None))


def has_wanted_version() -> Condition:
    """Whether a song has the version that is wanted now: its format at its bitrate."""
    return (
        sa.exists()
        .where(
            SongVersion.song_id == Song.id,
            SongVersion.format == limits().stream_format,
            SongVersion.bitrate_kbps == limits().stream_kbps,
        )
        .correlate(Song)
    )


def chosen_sound(columns: Sequence[sa.SQLColumnExpression[Any]], *, original: bool) -> sa.Select[Any]:
    """A query of these columns of a song, then key, type and SHA-256 of the file that goes out: its version, if any.

    It asks no settings: which versions are there follows from them.
    """
    if original:
        return sa.select(*columns, Song.audio_key, Song.audio_mime, Song.audio_sha256)
    return (
        sa.select(
            *columns,
            sa.func.coalesce(SongVersion.audio_key, Song.audio_key),
            sa.func.coalesce(SongVersion.audio_mime, Song.audio_mime),
            sa.func.coalesce(SongVersion.audio_sha256, Song.audio_sha256),
        )
        .select_from(Song)
        .outerjoin(SongVersion, SongVersion.song_id == Song.id)
        .order_by(SongVersion.created_at.desc())
        .limit(1)
    )
