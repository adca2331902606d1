"""Removing music as moderators decide, and bringing it back: gone for everybody but the staff, its artist included.

Rows and files stay for as long as the settings say, so that an appeal can bring them back. What its artist had deleted
before is only no longer theirs to bring back, and is theirs again afterwards.
"""

from datetime import datetime

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.plugins import emit
from plugins.catalog.events import AlbumDeleted, AlbumRestored, SongDeleted
from plugins.catalog.models import Album, Song
from plugins.catalog.services.moderating.along import settle_songs
from plugins.catalog.services.moderating.finding import locked_for_decision
from plugins.catalog.services.moderating.holding import is_held
from plugins.catalog.services.removing import bring_back


def remove_song(song_id: int) -> None:
    """Take a song from everybody but the staff."""
    with writing():
        song = locked_for_decision(Song, song_id)
        with_album = removal_of_album(song)
        if song.removed_at is not None and song.removed_at != with_album:
            return
        song.removed_at = now()
        # What went with its album goes for itself from now on, and stays when the album comes back.
        if song.deleted_at is None or song.deleted_at == with_album:
            song.deleted_at = song.removed_at
            emit(SongDeleted(song.id, song.artist_id))


def bring_back_song(song_id: int) -> None:
    """Undo the removal of a song: it is as it was, or with its album while that is removed.

    Raises Conflict when the same file is there anew.
    """
    with writing():
        song = locked_for_decision(Song, song_id)
        with_album = removal_of_album(song)
        if song.removed_at is None or song.removed_at == with_album:
            return
        was_there = song.deleted_at == song.removed_at
        song.removed_at = with_album
        if was_there and with_album is not None:
            song.deleted_at = with_album
        elif was_there:
            return_song(song)


def remove_album(album_id: int) -> None:
    """Take an album and its songs from everybody but the staff, those too that its artist had deleted before."""
    with writing():
        album = locked_for_decision(Album, album_id)
        if album.removed_at is not None:
            return
        at = now()
        for song in songs_of(album, Song.removed_at.is_(None)):
            song.removed_at = at
            if song.deleted_at is None:
                song.deleted_at = at
                emit(SongDeleted(song.id, song.artist_id))
        album.removed_at = at
        if album.deleted_at is None:
            album.deleted_at = at
            emit(AlbumDeleted(album.id, album.artist_id))


def bring_back_album(album_id: int) -> None:
    """Undo the removal of an album: it and the songs that went with it are as they were."""
    with writing():
        album = locked_for_decision(Album, album_id)
        at = album.removed_at
        if at is None:
            return
        album.removed_at = None
        if album.deleted_at == at:
            album.deleted_at = None
            emit(AlbumRestored(album.id, album.artist_id))
        for song in songs_of(album, Song.removed_at == at):
            song.removed_at = None
            if song.deleted_at == at:
                return_song(song)


def return_song(song: Song) -> None:
    """Undo a song's deletion, out of its album where that is gone, hidden as what it belongs to is.

    Where its artist deleted an album that moderators keep from listeners, it is gone with that, and comes back with it.
    """
    album = session().get(Album, song.album_id) if song.album_id is not None else None
    if album is not None and album.deleted_at is not None:
        if is_held(album):
            song.deleted_at = album.deleted_at
            return
        song.album_id = None
    bring_back(song)
    session().flush()
    settle_songs(Song.id == song.id)


def removal_of_album(song: Song) -> datetime | None:
    """When the album of a song was removed, and the song with it unless it was for itself; None when it was not."""
    if song.album_id is None:
        return None
    return session().scalar(sa.select(Album.removed_at).where(Album.id == song.album_id))


def songs_of(album: Album, which: sa.ColumnElement[bool]) -> list[Song]:
    """Some songs of an album, locked in the order of their ids."""
    query = sa.select(Song).where(Song.album_id == album.id, which).order_by(Song.id)
    return list(session().scalars(query.with_for_update(key_share=True)))
