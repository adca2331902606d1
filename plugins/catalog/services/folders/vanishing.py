"""Files that are gone from a folder: named, and where that is wished their songs are deleted, as people delete them."""

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import UNSYNCED, session, writing
from musicapp.plugins import emit
from plugins.catalog.events import AlbumDeleted, SongDeleted
from plugins.catalog.models import Album, FolderFile, Song
from plugins.catalog.services.folders.looking import Look, is_gone

AT_ONCE = 500


def settle_missing(look: Look) -> None:
    """Go through the known files that were not met, and see which of them are really gone."""
    for start in range(0, len(look.missing), AT_ONCE):
        chosen = FolderFile.id.in_(look.missing[start : start + AT_ONCE].tolist())
        query = sa.select(FolderFile.id, FolderFile.path).where(chosen, FolderFile.vanished_at.is_(None))
        gone = [row for row in session().execute(query.order_by(FolderFile.path)).all() if is_gone(row.path)]
        session().rollback()
        for row in gone:
            look.count("gone")
            look.note(row.path, "gone", "It is no longer in the folder.")
        if gone and look.wishes.prune:
            look.count("deleted", prune([row.id for row in gone]))


def prune(file_ids: list[int]) -> int:
    """Delete the songs that have no file left, softly, and albums that are empty then; how many songs those were."""
    at = now()
    with writing() as unit:
        vanished = sa.update(FolderFile).where(FolderFile.id.in_(file_ids)).values(vanished_at=at)
        unit.execute(vanished, execution_options=UNSYNCED)
        theirs = sa.select(FolderFile.song_id).where(FolderFile.id.in_(file_ids)).scalar_subquery()
        left = sa.exists().where(FolderFile.song_id == Song.id, FolderFile.vanished_at.is_(None)).correlate(Song)
        lost = sa.and_(Song.id.in_(theirs), Song.deleted_at.is_(None), ~left)
        album_ids = lock_albums(lost)
        delete = sa.update(Song).where(lost).values(deleted_at=at).returning(Song.id, Song.artist_id)
        songs = unit.execute(delete, execution_options=UNSYNCED).all()
        for song_id, artist_id in songs:
            emit(SongDeleted(song_id, artist_id))
        filled = sa.exists().where(Song.album_id == Album.id, Song.deleted_at.is_(None)).correlate(Album)
        empty = sa.and_(Album.id.in_(album_ids), Album.deleted_at.is_(None), ~filled)
        clear = sa.update(Album).where(empty).values(deleted_at=at).returning(Album.id, Album.artist_id)
        for album_id, artist_id in unit.execute(clear, execution_options=UNSYNCED):
            emit(AlbumDeleted(album_id, artist_id))
    return len(songs)


def lock_albums(lost: sa.ColumnElement[bool]) -> list[int]:
    """The albums of these songs, locked before them, as everybody locks them."""
    theirs = sa.select(Song.album_id).where(lost).scalar_subquery()
    query = sa.select(Album.id).where(Album.id.in_(theirs)).order_by(Album.id)
    return list(session().scalars(query.with_for_update(key_share=True)))
