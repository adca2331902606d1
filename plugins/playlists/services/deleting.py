"""Deleting playlists and bringing them back: for some days the rows stay, seen by nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import CursorResult

from musicapp import emit
from musicapp.appeals import kept_when_removed
from musicapp.clock import now
from musicapp.database import UNSYNCED, session, writing
from musicapp.errors import Conflict
from plugins.catalog.services import Person
from plugins.catalog.services.subjects import forget_subjects
from plugins.catalog.services.unworn_covers import remove_unworn
from plugins.playlists.events import PlaylistDeleted, PlaylistRestored
from plugins.playlists.models import Entry, Playlist
from plugins.playlists.services.changing import note
from plugins.playlists.services.limits import limits
from plugins.playlists.services.names import named_once
from plugins.playlists.services.seeing import own_playlist

PLAYLISTS_AT_ONCE = 5
ENTRIES_AT_ONCE = 2_000


@dataclass(frozen=True)
class DeletedPlaylist:
    """A playlist that its owner can bring back until its last day; what is `removed`, only moderators can."""

    id: int
    name: str
    songs_count: int
    deleted_at: datetime
    goes_at: datetime
    removed: bool


def delete_playlist(person: Person, playlist_id: int) -> str:
    """Take one's own playlist away from everybody, and answer its name; it can be brought back for some days."""
    with writing():
        playlist = own_playlist(person, playlist_id)
        playlist.deleted_at = now()
        note(playlist, person, "deleted")
        emit(PlaylistDeleted(playlist.id, person.id))
    return playlist.name


def restore_playlist(person: Person, playlist_id: int) -> str:
    """Bring one's own playlist back as it was, and answer its name.

    Raises Conflict when another goes by its name meanwhile, it was deleted too long ago, or moderators removed it.
    """
    with writing() as unit:
        playlist = own_playlist(person, playlist_id, deleted=True)
        name, days = playlist.name, limits().restorable_days
        if playlist.removed_at is not None:
            raise Conflict(
                f"Moderators removed “{name}”, so you cannot bring it back. Their decision says why, and how to appeal."
            )
        if playlist.deleted_at is not None and playlist.deleted_at < now() - timedelta(days=days):
            raise Conflict(f"“{name}” was deleted more than {days} days ago and cannot be brought back.")
        with named_once(name):
            playlist.deleted_at = None
            unit.flush()
        note(playlist, person, "restored")
        emit(PlaylistRestored(playlist.id, person.id))
    return name


def deleted_playlists(person: Person, limit: int = 50) -> list[DeletedPlaylist]:
    """The playlists that somebody deleted and can bring back, and those that moderators removed, the latest first."""
    days, for_appeals = timedelta(days=limits().restorable_days), kept_when_removed(limits().removed_days)
    is_kept = sa.or_(Playlist.deleted_at >= now() - days, Playlist.removed_at.is_not(None))
    query = (
        sa.select(Playlist.id, Playlist.name, Playlist.songs_count, Playlist.deleted_at, Playlist.removed_at)
        .where(Playlist.owner_id == person.id, is_kept)
        .order_by(Playlist.deleted_at.desc(), Playlist.id.desc())
        .limit(limit)
    )
    rows: Any = session().execute(query).all()
    return [
        DeletedPlaylist(
            id_,
            name,
            songs_count,
            deleted_at,
            removed_at + for_appeals if removed_at else deleted_at + days,
            removed_at is not None,
        )
        for id_, name, songs_count, deleted_at, removed_at in rows
    ]


def purge() -> int:
    """Remove for ever some of what was deleted longer ago than it can be brought back; how much that was."""
    before = now() - timedelta(days=limits().restorable_days + 1)
    before_appeals = now() - kept_when_removed(limits().removed_days) - timedelta(days=1)
    for_appeals = sa.or_(Playlist.removed_at.is_(None), Playlist.removed_at < before_appeals)
    playlists = sa.select(Playlist.id).where(Playlist.deleted_at < before, for_appeals).limit(PLAYLISTS_AT_ONCE)
    entries = sa.select(Entry.id).where(Entry.removed_at < before).limit(ENTRIES_AT_ONCE)
    with writing() as unit:
        delete = sa.delete(Playlist).where(Playlist.id.in_(playlists)).returning(Playlist.id, Playlist.cover_id)
        gone = unit.execute(delete.execution_options(**UNSYNCED)).all()
        forget_subjects("playlist", [playlist.id for playlist in gone])
        removed = unit.execute(sa.delete(Entry).where(Entry.id.in_(entries)).execution_options(**UNSYNCED))
        count = len(gone) + cast("CursorResult[Any]", removed).rowcount
    remove_unworn(playlist.cover_id for playlist in gone if playlist.cover_id is not None)
    return count
