"""Removing entries from a playlist, and bringing them back to where they stood."""

from collections.abc import Sequence

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import UNSYNCED, session, writing
from plugins.catalog.services import Person
from plugins.playlists.models import Entry, Playlist
from plugins.playlists.services.changing import note_change, songs_named
from plugins.playlists.services.entries.adding import refuse_if_too_long
from plugins.playlists.services.entries.places import standing
from plugins.playlists.services.seeing import LARGEST_ENTRY_ID, known_id, playlist_to_edit

ASKED_AT_ONCE = 5_000
NOT_IN_IT = "This song is not in the playlist."


def remove_entries(person: Person, playlist_id: int, entry_ids: Sequence[int]) -> list[int]:
    """Take entries out of a playlist, and answer the ids of those that were in it until now."""
    with writing():
        playlist = playlist_to_edit(person, playlist_id)
        return take_out(playlist, person, those(entry_ids))


def remove_song(person: Person, playlist_id: int, song_id: int) -> list[int]:
    """Take a song out of all its places in a playlist, and answer the ids of these entries."""
    with writing():
        playlist = playlist_to_edit(person, playlist_id)
        return take_out(playlist, person, [Entry.song_id == known_id(song_id, NOT_IN_IT)])


def take_out(playlist: Playlist, person: Person, chosen: Sequence[sa.ColumnElement[bool]]) -> list[int]:
    moment = now()
    gone: list[tuple[int, int]] = []
    for some in chosen:
        remove = sa.update(Entry).where(standing(playlist.id), some).values(removed_at=moment)
        remove_them = remove.returning(Entry.id, Entry.song_id).execution_options(**UNSYNCED)
        gone += session().execute(remove_them).all()
    if gone:
        playlist.songs_count -= len(gone)
        named = songs_named([song_id for _, song_id in gone])
        note_change(playlist, person, "removed", **named)
    return [entry_id for entry_id, _ in gone]


def bring_back_entries(person: Person, playlist_id: int, entry_ids: Sequence[int]) -> list[int]:
    """Let removed entries stand again where they stood; answers the ids of those that had been removed."""
    with writing():
        playlist = playlist_to_edit(person, playlist_id)
        back: list[tuple[int, int]] = []
        for some in those(entry_ids):
            removed = sa.and_(Entry.playlist_id == playlist.id, Entry.removed_at.is_not(None), some)
            restore = sa.update(Entry).where(removed).values(removed_at=None).returning(Entry.id, Entry.song_id)
            back += session().execute(restore.execution_options(**UNSYNCED)).all()
        refuse_if_too_long(playlist, len(back))
        if back:
            playlist.songs_count += len(back)
            note_change(playlist, person, "brought_back", **songs_named([song_id for _, song_id in back]))
    return [entry_id for entry_id, _ in back]


def those(entry_ids: Sequence[int]) -> list[sa.ColumnElement[bool]]:
    """Conditions that choose these entries, as many at once as a statement takes."""
    asked = sorted({entry_id for entry_id in entry_ids if 0 < entry_id <= LARGEST_ENTRY_ID})
    return [Entry.id.in_(asked[first : first + ASKED_AT_ONCE]) for first in range(0, len(asked), ASKED_AT_ONCE)]
