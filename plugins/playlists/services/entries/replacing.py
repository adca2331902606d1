"""Saying all songs of a playlist at once: what stands there already keeps its entries, the rest comes or goes."""

from collections import defaultdict, deque
from collections.abc import Sequence

import sqlalchemy as sa

from musicapp.database import session, writing
from plugins.catalog.services import Person
from plugins.playlists.models import Entry, Playlist
from plugins.playlists.services.entries.adding import put_in
from plugins.playlists.services.entries.moving import entries_in_order, number
from plugins.playlists.services.entries.places import standing
from plugins.playlists.services.entries.removing import NOT_IN_IT, take_out, those
from plugins.playlists.services.seeing import known_id, playlist_to_edit


def set_songs(person: Person, playlist_id: int, song_ids: Sequence[int]) -> None:
    """Let a playlist have these songs in this order and no others; what goes can be brought back.

    Raises NotFound when a new one is not for who adds it, Conflict when they are too many.
    """
    with writing():
        playlist = playlist_to_edit(person, playlist_id)
        before = entries_in_order(playlist)
        kept: defaultdict[int, deque[int]] = defaultdict(deque)
        for entry_id, song_id in before:
            kept[song_id].append(entry_id)
        entry_ids = [kept[song_id].popleft() if kept[song_id] else None for song_id in song_ids]
        take_out(playlist, person, those([entry_id for left in kept.values() for entry_id in left]))
        new = [song_id for song_id, entry_id in zip(song_ids, entry_ids, strict=True) if entry_id is None]
        added = iter(put_in(playlist, person, new) if new else [])
        ordered = [next(added) if entry_id is None else entry_id for entry_id in entry_ids]
        if ordered != [entry_id for entry_id, _ in before]:
            number(playlist, person, ordered)


def remove_song_everywhere(person: Person, song_id: int) -> dict[int, list[int]]:
    """Take a song out of all playlists of one's own; the entries that are gone, by playlist."""
    with writing():
        return {
            playlist.id: take_out(playlist, person, [Entry.song_id == song_id])
            for playlist in own_playlists_with(person, song_id)
        }


def own_playlists_with(person: Person, song_id: int) -> Sequence[Playlist]:
    """One's own playlists that have a song, locked in the order of their ids."""
    has_song = Entry.song_id == known_id(song_id, NOT_IN_IT)
    has_it = sa.exists().where(standing(Playlist.id), has_song).correlate(Playlist)
    mine = sa.and_(Playlist.owner_id == person.id, Playlist.deleted_at.is_(None), has_it)
    query = sa.select(Playlist).where(mine).order_by(Playlist.id).with_for_update(of=Playlist, key_share=True)
    return session().scalars(query).all()
