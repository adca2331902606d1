"""Music that listeners can hear from now on: told to other plugins, and to those who follow its artist.

A song of an album is not told to followers: they hear of the album.
"""

import sqlalchemy as sa

from musicapp.database import session
from musicapp.jobs import enqueue
from musicapp.plugins import emit
from plugins.catalog.events import AlbumPublished, SongPublished
from plugins.catalog.models import Album, Follow, Song


def song_went_public(song_id: int, artist_id: int, album_id: int | None) -> None:
    """Tell of a song, inside `writing()`."""
    emit(SongPublished(song_id, artist_id, album_id))
    if album_id is None:
        let_followers_hear("song", song_id, artist_id)


def album_went_public(album_id: int, artist_id: int) -> None:
    """Tell of an album, inside `writing()`."""
    emit(AlbumPublished(album_id, artist_id))
    let_followers_hear("album", album_id, artist_id)


def let_followers_hear(kind: str, release_id: int, artist_id: int) -> None:
    """Have the followers told in a job; none where nobody follows, so that a whole collection comes in without any."""
    table = Album if kind == "album" else Song
    is_followed = sa.exists().where(Follow.artist_id == artist_id)
    made_at = session().scalar(sa.select(table.created_at).where(table.id == release_id, is_followed))
    if made_at is not None:
        # The key has the moment, for the number may be that of one that is gone for ever.
        key = f"{kind}-{release_id}-{made_at.isoformat()}"
        enqueue("catalog.tell_followers", {"kind": kind, "release_id": release_id}, key=key)
