"""How many entries playlists have, and counting them anew when songs went for ever and took their entries along."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from musicapp.database import session, writing
from plugins.catalog.services import Person
from plugins.playlists.models import Entry, Playlist
from plugins.playlists.services.seeing import is_known_to

COUNTED_AT_ONCE = 200


@dataclass(frozen=True)
class Counts:
    """How many entries a playlist has for who may change it, and its revision."""

    id: int
    songs_count: int
    revision: int


def counts_of(person: Person, playlist_ids: Collection[int]) -> dict[int, Counts]:
    """The counts of those of these playlists that somebody may see, in one statement."""
    query = sa.select(Playlist.id, Playlist.songs_count, Playlist.revision)
    rows = session().execute(query.where(Playlist.id.in_(playlist_ids), is_known_to(person)))
    return {row[0]: Counts(*row) for row in rows}


def count_anew(after_id: int = 0) -> int | None:
    """Make `songs_count` right for the next playlists by their ids; answers the last of them, None behind the last.

    Their rows are locked before their entries are counted, so that nobody adds one meanwhile.
    """
    with writing() as unit:
        query = sa.select(Playlist).where(Playlist.id > after_id).order_by(Playlist.id).limit(COUNTED_AT_ONCE)
        playlists = unit.scalars(query.with_for_update(key_share=True)).all()
        ids = [playlist.id for playlist in playlists]
        standing = sa.select(Entry.playlist_id, sa.func.count()).where(Entry.removed_at.is_(None))
        counts = dict(unit.execute(standing.where(Entry.playlist_id.in_(ids)).group_by(Entry.playlist_id)).all())
        for playlist in playlists:
            playlist.songs_count = counts.get(playlist.id, 0)
    return ids[-1] if ids else None
