"""Adding songs to a playlist: at its end or before an entry, one or many at once."""

from collections.abc import Sequence

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.errors import Conflict, NotFound
from musicapp.routing import LARGEST_ID
from plugins.catalog.services import Person, visible_songs
from plugins.playlists.models import Entry, Playlist
from plugins.playlists.services.changing import note_change, songs_named
from plugins.playlists.services.entries.places import new_places
from plugins.playlists.services.limits import limits
from plugins.playlists.services.seeing import playlist_to_edit

ASKED_AT_ONCE = 5_000
NO_SONG = "One of these songs is not here, or you may not hear it."


def add_songs(person: Person, playlist_id: int, song_ids: Sequence[int], *, before_id: int | None = None) -> list[int]:
    """Put songs into a playlist, and answer the ids of their entries in the same order.

    Raises NotFound when a song is not for who adds it, or `before_id` is no entry; Conflict when it would be too long.
    """
    if not song_ids:
        return []
    with writing():
        return put_in(playlist_to_edit(person, playlist_id), person, song_ids, before_id)


def put_in(playlist: Playlist, person: Person, song_ids: Sequence[int], before_id: int | None = None) -> list[int]:
    """Add songs to a playlist that is locked or new."""
    refuse_if_too_long(playlist, len(song_ids))
    refuse_unheard(person, song_ids)
    places, moment = new_places(playlist.id, len(song_ids), before_id), now()
    rows = [
        {"playlist_id": playlist.id, "song_id": song_id, "place": place, "added_by": person.id, "added_at": moment}
        for song_id, place in zip(song_ids, places, strict=True)
    ]
    insert = sa.insert(Entry).returning(Entry.id, sort_by_parameter_order=True)
    entry_ids = list(session().scalars(insert, rows))
    playlist.songs_count += len(entry_ids)
    note_change(playlist, person, "added", **songs_named(list(song_ids)))
    return entry_ids


def refuse_if_too_long(playlist: Playlist, more: int) -> None:
    """Raise Conflict when a playlist has no room for so many more entries."""
    most = limits().songs_per_playlist
    if playlist.songs_count + more > most:
        sentence = f"A playlist has at most {most:,} songs; “{playlist.name}” has {playlist.songs_count:,}."
        raise Conflict(sentence, {"songs": [sentence]})


def refuse_unheard(person: Person, song_ids: Sequence[int]) -> None:
    """Raise NotFound unless all these songs are there for somebody."""
    asked = sorted(set(song_ids))
    heard = visible_songs(person).subquery()
    known = 0
    for first in range(0, len(asked), ASKED_AT_ONCE):
        some = [song_id for song_id in asked[first : first + ASKED_AT_ONCE] if 0 < song_id <= LARGEST_ID]
        query = sa.select(sa.func.count()).select_from(heard).where(heard.c.id.in_(some))
        known += session().execute(query).scalar_one()
    if known < len(asked):
        raise NotFound(NO_SONG, {"songs": [NO_SONG]})
