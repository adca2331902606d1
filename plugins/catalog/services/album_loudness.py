"""How loud an album is: the mean of its songs, so that players can level it without levelling its songs."""

from math import log10

import sqlalchemy as sa

from musicapp.database import session, writing
from plugins.catalog.models import Album, Song


def keep_album_loudness(album_id: int | None) -> None:
    """Measure an album anew after its songs became others."""
    if album_id is None:
        return
    with writing():
        album = session().get(Album, album_id, with_for_update={"key_share": True})
        if album is not None:
            set_album_loudness(album)


def keep_loudness_around(song_id: int) -> None:
    """Measure the album of a song anew, deleted songs included."""
    keep_album_loudness(session().scalar(sa.select(Song.album_id).where(Song.id == song_id)))


def set_album_loudness(album: Album) -> None:
    """Set the mean energy of an album's songs, each weighed by how long it lasts; None when none is measured.

    Inside `writing()`, with the album locked.
    """
    measured = sa.select(Song.duration_s, Song.loudness_lufs).where(
        Song.album_id == album.id,
        Song.state == "ready",
        Song.deleted_at.is_(None),
        Song.loudness_lufs.is_not(None),
        Song.duration_s > 0,
    )
    songs = session().execute(measured).all()
    seconds = sum(duration_s or 0 for duration_s, _ in songs)
    energy = sum((duration_s or 0) * 10 ** ((lufs or 0) / 10) for duration_s, lufs in songs)
    loudness = round(10 * log10(energy / seconds), 2) if songs else None
    if album.loudness_lufs != loudness:
        album.loudness_lufs = loudness
