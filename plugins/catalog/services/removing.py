"""Deleting music and bringing it back: for some days the rows and files stay, seen by nobody."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from musicapp.appeals import kept_when_removed
from musicapp.clock import now
from musicapp.database import UNSYNCED, session, writing
from musicapp.errors import Conflict
from musicapp.plugins import emit
from musicapp.storage import media_store
from plugins.catalog.events import AlbumDeleted, AlbumRestored, SongDeleted, SongRestored, SongsPurged
from plugins.catalog.models import Album, Song, SongVersion
from plugins.catalog.services import albums
from plugins.catalog.services.limits import limits
from plugins.catalog.services.moderating.along import hidden_since
from plugins.catalog.services.moderating.holding import refuse_to_take_out
from plugins.catalog.services.ownership import album_to_change, refuse_if_gone, song_to_change
from plugins.catalog.services.persons import Person
from plugins.catalog.services.publishing import songs_to_change
from plugins.catalog.services.songs import NOT_HERE
from plugins.catalog.services.subjects import forget_subjects
from plugins.catalog.services.unworn_covers import remove_unworn
from plugins.catalog.services.uploading.quota import refuse_over_quota
from plugins.catalog.services.uploading.songs import lock_artist
from plugins.catalog.services.waiting_days import note_songs
from plugins.catalog.services.words import known_id

PURGED_AT_ONCE = 500
A_DAY = timedelta(days=1)


def delete_song(person: Person, song_id: int) -> Song:
    """Take a song away from everybody; its artist can bring it back for some days."""
    with writing():
        song = song_to_change(person, song_id)
        song.deleted_at = now()
        emit(SongDeleted(song.id, song.artist_id))
    return song


def restore_song(person: Person, song_id: int) -> Song:
    """Bring a deleted song back as it was; out of its album when that is gone, unless moderators keep it there."""
    with writing():
        refuse_without_room(Song.id == known_id(song_id, NOT_HERE))
        song = song_to_change(person, song_id, deleted=True)
        refuse_if_gone(song)
        album = session().get(Album, song.album_id) if song.album_id is not None else None
        if album is not None and album.deleted_at is not None:
            refuse_to_take_out(person, album)
            song.album_id = None
            song.hidden_at = hidden_since(song.artist_id, None, song.flagged_at)
        bring_back(song)
    return song


def delete_album(person: Person, album_id: int) -> Album:
    """Take an album and its songs away from everybody; the artist can bring them back for some days."""
    with writing():
        album = album_to_change(person, album_id)
        songs = songs_to_change(album)
        album.deleted_at = now()
        for song in songs:
            song.deleted_at = album.deleted_at
            emit(SongDeleted(song.id, song.artist_id))
        emit(AlbumDeleted(album.id, album.artist_id))
    return album


def restore_album(person: Person, album_id: int) -> Album:
    """Bring a deleted album back, with the songs that went with it."""
    with writing():
        gone_at = sa.select(Album.deleted_at).where(Album.id == known_id(album_id, albums.NOT_HERE))
        refuse_without_room(sa.and_(Song.album_id == album_id, Song.deleted_at == gone_at.scalar_subquery()))
        album = album_to_change(person, album_id, deleted=True)
        refuse_if_gone(album)
        with_it = sa.and_(Song.deleted_at == album.deleted_at, Song.removed_at.is_(None))
        together = sa.select(Song).where(Song.album_id == album.id, with_it)
        for song in session().scalars(together.order_by(Song.id).with_for_update(key_share=True)):
            bring_back(song)
        album.deleted_at = None
        emit(AlbumRestored(album.id, album.artist_id))
    return album


def refuse_without_room(wanted: sa.ColumnElement[bool]) -> None:
    """Lock the artist of deleted songs that are wanted back, and refuse them when their room is full by now."""
    size = sa.func.sum(Song.audio_bytes), sa.func.count(Song.id), sa.func.min(Song.title)
    back = sa.select(Song.artist_id, *size).where(wanted, Song.deleted_at.is_not(None), Song.audio_key.is_not(None))
    for artist_id, size_bytes, songs_count, title in session().execute(back.group_by(Song.artist_id)).all():
        lock_artist(artist_id)
        refuse_over_quota(artist_id, int(size_bytes), title if songs_count == 1 else f"{songs_count} songs")


def bring_back(song: Song) -> None:
    """Undo a song's deletion, unless the same file was uploaded again meanwhile."""
    title = song.title
    try:
        with session().begin_nested():
            song.deleted_at = None
    except IntegrityError:
        raise Conflict(f"“{title}” was uploaded again since it was deleted, so it is there already.") from None
    emit(SongRestored(song.id, song.artist_id))


def is_past(table: type[Song] | type[Album]) -> sa.ColumnElement[bool]:
    """Whether nobody can bring this back any more: its artist, or where moderators removed it an appeal."""
    kept, kept_removed = timedelta(days=limits().restorable_days), kept_when_removed(limits().removed_days)
    for_appeals = sa.or_(table.removed_at.is_(None), table.removed_at < now() - kept_removed - A_DAY)
    return sa.and_(table.deleted_at < now() - kept - A_DAY, for_appeals)


def purge() -> int:
    """Remove for ever what was deleted longer ago than it can be brought back; how many songs that were.

    The rows go first: a file without a row harms nobody, a row without its file would.
    """
    with writing() as unit:
        query = sa.select(Song.id, Song.audio_key, Song.cover_id).where(is_past(Song)).limit(PURGED_AT_ONCE)
        gone = unit.execute(query.with_for_update(skip_locked=True)).all()
        song_ids = [song.id for song in gone]
        version_keys = unit.scalars(sa.select(SongVersion.audio_key).where(SongVersion.song_id.in_(song_ids))).all()
        note_songs(song_ids)
        unit.execute(sa.delete(Song).where(Song.id.in_(song_ids)).execution_options(**UNSYNCED))
        if song_ids:
            emit(SongsPurged(tuple(song_ids)))
        empty = sa.and_(is_past(Album), ~sa.exists().where(Song.album_id == Album.id).correlate(Album))
        delete_albums = sa.delete(Album).where(empty).returning(Album.id, Album.cover_id)
        gone_albums = unit.execute(delete_albums.execution_options(**UNSYNCED)).all()
        forget_subjects("song", song_ids)
        forget_subjects("album", [album.id for album in gone_albums])
    for key in (*(song.audio_key for song in gone), *version_keys):
        if key:
            media_store().delete(key)
    remove_unworn(one.cover_id for one in (*gone, *gone_albums) if one.cover_id is not None)
    return len(gone)
