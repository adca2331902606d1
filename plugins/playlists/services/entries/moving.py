"""Moving entries: some of them before another or to the end, or all of them into a new order."""

from collections import defaultdict, deque
from collections.abc import Sequence

import sqlalchemy as sa

from musicapp.database import session, writing
from musicapp.errors import Conflict, Invalid
from plugins.catalog.services import Person
from plugins.playlists.models import Entry, Playlist
from plugins.playlists.services.changing import note_change, songs_named
from plugins.playlists.services.entries.places import GAP, new_places, put, standing
from plugins.playlists.services.seeing import playlist_to_edit

CHANGED = "The playlist changed meanwhile. Load it again, then put it in order."
BEFORE_ITSELF = "An entry cannot stand before itself."
MOST_MOVED = 5_000


def move_entries(person: Person, playlist_id: int, entry_ids: Sequence[int], before_id: int | None) -> None:
    """Let entries stand, in the order given, before another one, or at the end with None.

    Raises Conflict when one of them is no longer in the playlist, NotFound when `before_id` is not.
    """
    moved = list(dict.fromkeys(entry_ids))
    if before_id in moved or len(moved) > MOST_MOVED:
        sentence = BEFORE_ITSELF if before_id in moved else f"At most {MOST_MOVED:,} entries are moved at once."
        raise Invalid(sentence, {"before": [sentence]})
    if not moved:
        return
    with writing():
        playlist = playlist_to_edit(person, playlist_id)
        query = sa.select(Entry.id, Entry.song_id).where(standing(playlist.id), Entry.id.in_(moved))
        songs = dict(session().execute(query).all())
        if len(songs) < len(moved):
            raise Conflict(CHANGED)
        places = new_places(playlist.id, len(moved), before_id, set(moved))
        put(dict(zip(moved, places, strict=True)))
        note_change(playlist, person, "moved", **songs_named([songs[entry_id] for entry_id in moved]))


def order_entries(person: Person, playlist_id: int, entry_ids: Sequence[int]) -> None:
    """Put all entries of a playlist in this order; raises Conflict unless each that is in it is named once."""
    with writing():
        playlist = playlist_to_edit(person, playlist_id)
        there = {entry_id for entry_id, _ in entries_in_order(playlist)}
        if len(entry_ids) != len(there) or set(entry_ids) != there:
            raise Conflict(CHANGED, {"entries": [CHANGED]})
        number(playlist, person, entry_ids)


def order_songs(person: Person, playlist_id: int, song_ids: Sequence[int]) -> None:
    """As `order_entries`, by songs: one that has several places is named as often, and they keep their own order."""
    with writing():
        playlist = playlist_to_edit(person, playlist_id)
        places: defaultdict[int, deque[int]] = defaultdict(deque)
        for entry_id, song_id in entries_in_order(playlist):
            places[song_id].append(entry_id)
        ordered = [places[song_id].popleft() for song_id in song_ids if places[song_id]]
        if len(ordered) != len(song_ids) or any(places.values()):
            raise Conflict(CHANGED, {"songs": [CHANGED]})
        number(playlist, person, ordered)


def entries_in_order(playlist: Playlist) -> Sequence[tuple[int, int]]:
    query = sa.select(Entry.id, Entry.song_id).where(standing(playlist.id))
    return session().execute(query.order_by(Entry.place, Entry.id)).all()


def number(playlist: Playlist, person: Person, entry_ids: Sequence[int]) -> None:
    put({entry_id: GAP * place for place, entry_id in enumerate(entry_ids, start=1)})
    note_change(playlist, person, "ordered", count=len(entry_ids))
