"""What every change of a playlist leaves behind: a line for its history, a higher revision, and an event."""

from typing import Any

from musicapp import emit
from musicapp.clock import now
from musicapp.database import session
from plugins.catalog.services import Person
from plugins.playlists.events import PlaylistChanged
from plugins.playlists.models import Change, Playlist

NAMED_SONGS = 20


def note_change(playlist: Playlist, person: Person, kind: str, **of: Any) -> None:
    """Note that somebody changed a playlist whose row is locked, and tell the listeners after the commit."""
    playlist.revision += 1
    playlist.changed_at = now()
    note(playlist, person, kind, **of)
    emit(PlaylistChanged(playlist.id, person.id, kind))


def note(playlist: Playlist, person: Person, kind: str, **of: Any) -> None:
    """Add a line to a playlist's history."""
    session().add(
        Change(playlist_id=playlist.id, person_id=person.id, kind=kind, of={"revision": playlist.revision, **of})
    )


def songs_named(song_ids: list[int]) -> dict[str, Any]:
    """Which songs a change is of: how many, and the first of them by id."""
    return {"count": len(song_ids), "songs": song_ids[:NAMED_SONGS]}
