"""Moving an entry by one place, for buttons that know of no other rows."""

import sqlalchemy as sa

from musicapp.database import session, writing
from musicapp.errors import NotFound
from plugins.catalog.services import Person
from plugins.playlists.models import Entry
from plugins.playlists.services.entries.moving import move_entries
from plugins.playlists.services.entries.places import GONE, standing
from plugins.playlists.services.seeing import LARGEST_ENTRY_ID, known_id, playlist_to_edit


def step_entry(person: Person, playlist_id: int, entry_id: int, by: int) -> None:
    """Let an entry change places with the one before it (−1) or behind it (1); at the edge it stays.

    Raises NotFound when it is no longer in the playlist.
    """
    with writing():
        playlist = playlist_to_edit(person, playlist_id)
        is_it = Entry.id == known_id(entry_id, GONE, LARGEST_ENTRY_ID)
        place = session().scalar(sa.select(Entry.place).where(standing(playlist.id), is_it))
        if place is None:
            raise NotFound(GONE)
        passed = neighbours(playlist.id, place, entry_id, by)
        if not passed:
            return
        before_id = passed[0] if by < 0 else next(iter(passed[1:]), None)
        move_entries(person, playlist_id, [entry_id], before_id)


def neighbours(playlist_id: int, place: int, entry_id: int, by: int) -> list[int]:
    """The ids of the next two entries in one direction, the nearest first."""
    if by < 0:
        beyond = sa.or_(Entry.place < place, sa.and_(Entry.place == place, Entry.id < entry_id))
        nearest = (Entry.place.desc(), Entry.id.desc())
    else:
        beyond = sa.or_(Entry.place > place, sa.and_(Entry.place == place, Entry.id > entry_id))
        nearest = (Entry.place.asc(), Entry.id.asc())
    query = sa.select(Entry.id).where(standing(playlist_id), beyond).order_by(*nearest).limit(2)
    return list(session().scalars(query))
