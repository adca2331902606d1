"""What goes out as the sound of songs, for feeds that must say its type and size in advance."""

from collections.abc import Sequence

import sqlalchemy as sa

from musicapp.database import session
from plugins.catalog.models import Song, SongVersion


def sounds_of(song_ids: Sequence[int]) -> dict[int, tuple[str, int]]:
    """Type and size in bytes of what is streamed of each of these songs: its newest version, or its original."""
    originals = sa.select(Song.id, Song.audio_mime, Song.audio_bytes).where(Song.id.in_(song_ids))
    versions = sa.select(SongVersion.song_id, SongVersion.audio_mime, SongVersion.audio_bytes)
    newest_last = versions.where(SongVersion.song_id.in_(song_ids)).order_by(SongVersion.created_at)
    found = [*session().execute(originals), *session().execute(newest_last)]
    return {song_id: (mime, size_bytes) for song_id, mime, size_bytes in found}
