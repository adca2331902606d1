"""The jobs of a song's file, each made once."""

import sqlalchemy as sa

from musicapp.database import session
from musicapp.jobs import enqueue
from plugins.catalog.models import Song
from plugins.catalog.services.limits import limits


def enqueue_song(song_id: int) -> None:
    """Have the file of a song listened to, inside `writing()`."""
    enqueue_once("catalog.process_song", song_id)


def enqueue_version(song_id: int) -> None:
    """See to it that a song gets the version that is wanted, inside `writing()`."""
    enqueue_once("catalog.make_version", song_id, f"-{limits().stream_format}-{limits().stream_kbps}")


def enqueue_once(kind: str, song_id: int, wanted: str = "") -> None:
    made_at = session().scalar(sa.select(Song.created_at).where(Song.id == song_id))
    if made_at is not None:
        # The key has the moment, for the number may be that of a song that is gone for ever.
        enqueue(kind, {"song_id": song_id}, key=f"{song_id}-{made_at.isoformat()}{wanted}")
