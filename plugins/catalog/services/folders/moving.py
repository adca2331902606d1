"""Files that are known by another path, and files that are back: their songs stay as they are."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from musicapp.database import UNSYNCED, session, writing
from musicapp.plugins import emit
from plugins.catalog.events import SongRestored
from plugins.catalog.models import Album, FolderFile, Song
from plugins.catalog.services.folders.comparing import is_unchanged
from plugins.catalog.services.folders.looking import Look, is_gone
from plugins.catalog.services.folders.naming import readable_name
from plugins.catalog.services.folders.suspects import Suspect, with_head


def settle_moved(look: Look, suspects: list[Suspect]) -> list[Suspect]:
    """Note files that were only moved or are back; answers the other suspects, with the hash of their ends."""
    returned = [one for one in suspects if one.known and one.known.vanished_at and one.known.song_id]
    if returned:
        with writing():
            bring_back([one.known.song_id for one in returned if one.known and one.known.song_id])
    as_they_were = {one.file.path for one in returned if one.known and is_unchanged(one.file, one.known)}
    look.count("returned", len(as_they_were))
    headed = [with_head(suspect) for suspect in suspects if suspect.file.path not in as_they_were]
    moved = moves([one for one in headed if one.known is None and one.head_sha256])
    if moved:
        with writing():
            for suspect, row_id, song_id in moved:
                write_move(suspect, row_id, song_id)
            bring_back([song_id for _, _, song_id in moved if song_id is not None])
        look.count("moved", len(moved))
    settled = {suspect.file.path for suspect, _, _ in moved}
    return [one for one in headed if one.file.path not in settled]


def moves(suspects: list[Suspect]) -> list[tuple[Suspect, int, int | None]]:
    """New files that are one we know, by size and ends, whose path leads nowhere any more."""
    if not suspects:
        return []
    query = sa.select(FolderFile.id, FolderFile.path, FolderFile.size_bytes, FolderFile.head_sha256, FolderFile.song_id)
    rows = session().execute(query.where(FolderFile.head_sha256.in_({one.head_sha256 for one in suspects}))).all()
    session().rollback()
    left: dict[tuple[int, str], list[Any]] = {}
    for row in rows:
        if is_gone(row.path):
            left.setdefault((row.size_bytes, row.head_sha256), []).append(row)
    found = []
    for suspect in suspects:
        same = left.get((suspect.file.size_bytes, suspect.head_sha256))
        if same:
            row = same.pop()
            found.append((suspect, row.id, row.song_id))
    return found


def write_move(suspect: Suspect, row_id: int, song_id: int | None) -> None:
    values = {"path": suspect.file.path, "mtime_ns": suspect.file.mtime_ns}
    session().execute(sa.update(FolderFile).where(FolderFile.id == row_id).values(**values), execution_options=UNSYNCED)
    if song_id is not None:
        named = sa.update(Song).where(Song.id == song_id).values(file_name=readable_name(suspect.file.path))
        session().execute(named, execution_options=UNSYNCED)


def bring_back(song_ids: list[int]) -> None:
    """Undo what the absence of their files did to songs and albums; what people deleted or moderators removed stays so.

    Inside `writing()`. A song whose file was uploaded again meanwhile stays deleted too: it is there already.
    """
    theirs = FolderFile.song_id.in_(song_ids)
    same_moment = sa.and_(FolderFile.song_id == Song.id, FolderFile.vanished_at == Song.deleted_at)
    gone = session().execute(
        sa.select(Song.id, Song.album_id, Song.deleted_at)
        .join(FolderFile, same_moment)
        .where(theirs, Song.removed_at.is_(None))
        .order_by(Song.id)
    )
    rows = gone.all()
    with_them = sa.tuple_(Album.id, Album.deleted_at).in_({(row.album_id, row.deleted_at) for row in rows})
    albums = sa.and_(with_them, Album.removed_at.is_(None))
    other = aliased(Song)
    is_there = sa.exists().where(
        other.artist_id == Song.artist_id,
        other.audio_sha256 == Song.audio_sha256,
        other.deleted_at.is_(None),
        other.state != "unreadable",
    )
    if rows:
        session().execute(sa.update(Album).where(albums).values(deleted_at=None), execution_options=UNSYNCED)
        songs = sa.and_(Song.id.in_([row.id for row in rows]), ~is_there.correlate(Song))
        back = sa.update(Song).where(songs).values(deleted_at=None).returning(Song.id, Song.artist_id)
        for song_id, artist_id in session().execute(back, execution_options=UNSYNCED):
            emit(SongRestored(song_id, artist_id))
    session().execute(sa.update(FolderFile).where(theirs).values(vanished_at=None), execution_options=UNSYNCED)
