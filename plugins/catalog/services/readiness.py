"""When a song can be heard: found and locked for who finishes it, and told to everybody."""

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.plugins import emit
from plugins.catalog.events import SongReady
from plugins.catalog.models import Album, Song, SongPeaks
from plugins.catalog.services.album_loudness import set_album_loudness
from plugins.catalog.services.going_public import song_went_public

LOCK = {"key_share": True}


def song_to_finish(song_id: int) -> tuple[Song | None, Album | None]:
    """A song and its album, locked in the order in which everybody locks them."""
    album_id = session().scalar(sa.select(Song.album_id).where(Song.id == song_id))
    album = session().get(Album, album_id, with_for_update=LOCK) if album_id is not None else None
    return session().get(Song, song_id, with_for_update=LOCK), album


def is_finished(song: Song) -> bool:
    """Whether nothing is left to find out; songs of folders are ready before they are listened to."""
    return song.state == "ready" and session().get(SongPeaks, song.id) is not None


def become_ready(song: Song, album: Album | None) -> None:
    """Let a song be heard by whom it is for, and tell when it could not be before.

    Inside `writing()`, with its album locked.
    """
    is_news = song.state != "ready"
    song.state, song.problem = "ready", ""
    session().flush()
    if album is not None and album.id == song.album_id:
        set_album_loudness(album)
    if not is_news:
        return
    emit(SongReady(song.id, song.artist_id))
    if song.deleted_at is None and song.published_at is not None and song.published_at <= now():
        song_went_public(song.id, song.artist_id, song.album_id)
