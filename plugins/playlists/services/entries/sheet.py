"""All entries of somebody's own playlists as the rows of a sheet."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from musicapp.database import session
from musicapp.sheets import Value
from musicapp.snapshots import streamed
from musicapp.spans import Span
from plugins.auth import services as auth
from plugins.catalog.services import song_rows
from plugins.playlists.models import Entry, Playlist

SONGS_AT_ONCE = 200


def entry_count(person_id: int, _subject_id: int, _span: Span) -> int:
    """How many entries somebody's playlists have."""
    return session().scalar(entries_by(person_id).with_only_columns(sa.func.count())) or 0


def entry_lines(person_id: int, _subject_id: int, _span: Span) -> Iterator[tuple[Value, ...]]:
    """Each entry, by playlist and place; a song that cannot be heard at present keeps its place without a name."""
    person = auth.person_with_id(person_id)
    columns = (Playlist.id, Playlist.name, Entry.song_id, Entry.added_at)
    query = entries_by(person_id).with_only_columns(*columns, maintain_column_froms=True)
    ordered = query.order_by(Playlist.search_key, Playlist.id, Entry.place, Entry.id)
    place, last_id = 0, None
    for rows in streamed(ordered, SONGS_AT_ONCE).partitions(SONGS_AT_ONCE):
        songs = song_rows(person, sorted({row.song_id for row in rows}))
        for playlist_id, name, song_id, added_at in rows:
            place = place + 1 if playlist_id == last_id else 1
            last_id = playlist_id
            song = songs.get(song_id)
            of_song = (song.title, song.artist_name, song.album_title) if song else (None, None, None)
            yield (playlist_id, name, place, song_id, *of_song, added_at)


def entries_by(person_id: int) -> sa.Select[Any]:
    mine = sa.and_(Playlist.owner_id == person_id, Playlist.deleted_at.is_(None), Entry.removed_at.is_(None))
    return sa.select(Entry).join(Playlist, Playlist.id == Entry.playlist_id).where(mine)
