"""Reading the entries of a playlist, page by page: as many statements for ten thousand songs as for ten."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.errors import NotFound
from musicapp.paging import MOST, Order, Page, page_of
from plugins.auth import services as auth
from plugins.catalog.services import Person, SongRow, song_rows, visible_songs
from plugins.playlists.models import Entry, Playlist
from plugins.playlists.services.detail import PlaylistDetail
from plugins.playlists.services.limits import limits
from plugins.playlists.services.seeing import NOT_HERE, is_known_to, known_id, role_of
from plugins.playlists.services.smart.songs import smart_songs

IN_ORDER = Order("entries", Entry.place, Entry.id)
MOST_REMOVED = 100


@dataclass(frozen=True)
class EntryRow:
    """A song's place in a playlist; `song` is None for an editor where the song is not heard at present.

    What rules chose has no place of its own: its `id` is 0, and nobody added it.
    """

    id: int
    song: SongRow | None
    added_by_id: int | None
    added_by_name: str
    added_at: datetime | None


def entries_of(
    person: Person | None,
    playlist_id: int,
    *,
    limit: int = 50,
    cursor: str | None = None,
    of: PlaylistDetail | None = None,
) -> Page[EntryRow]:
    """A page of a playlist in its order; who may not change it meets only songs that they may hear.

    Who has its detail already hands it over as `of`, which saves a statement. Raises NotFound where they may not know
    of the playlist.
    """
    owner_id, rules, role = facts_of(person, playlist_id) if of is None else (of.card.owner_id, of.rules, of.role)
    if rules is not None:
        songs = smart_songs(person, playlist_id, owner_id, rules, limit=limit, cursor=cursor)
        return Page([EntryRow(0, song, None, "", None) for song in songs.rows], songs.next)
    chosen = sa.select(Entry).where(Entry.playlist_id == playlist_id, Entry.removed_at.is_(None))
    if role not in ("owner", "editor"):
        heard = visible_songs(person).subquery("heard")
        chosen = chosen.join(heard, heard.c.id == Entry.song_id)
    page = page_of(with_names(chosen), IN_ORDER, tuple, limit=limit, cursor=cursor)
    return Page(entry_rows(person, page.rows), page.next)


def all_songs(person: Person | None, detail: PlaylistDetail) -> Iterator[SongRow]:
    """The songs of a playlist that its reader may hear, in its order; of a smart one as many as a playlist may have."""
    songs = (entry.song for entry in all_entries(person, detail) if entry.song is not None)
    return songs if detail.rules is None else islice(songs, limits().songs_per_playlist)


def all_entries(person: Person | None, detail: PlaylistDetail) -> Iterator[EntryRow]:
    cursor = None
    while True:
        page = entries_of(person, detail.card.id, limit=MOST, cursor=cursor, of=detail)
        yield from page.rows
        cursor = page.next
        if cursor is None:
            return


def facts_of(person: Person | None, playlist_id: int) -> tuple[int, dict[str, Any] | None, str | None]:
    """Whose a playlist is, its rules, and what its reader is to it; raises NotFound."""
    query = sa.select(Playlist.owner_id, Playlist.rules, role_of(person))
    row = session().execute(query.where(Playlist.id == known_id(playlist_id), is_known_to(person))).one_or_none()
    if row is None:
        raise NotFound(NOT_HERE)
    owner_id, rules, role = row
    return owner_id, rules, role


def removed_entries(person: Person, playlist_id: int, *, of: PlaylistDetail | None = None) -> list[EntryRow]:
    """What was removed from a playlist lately and can be brought back, the latest first; for who may change it."""
    role = facts_of(person, playlist_id)[2] if of is None else of.role
    if role not in ("owner", "editor"):
        raise NotFound(NOT_HERE)
    since = now() - timedelta(days=limits().restorable_days)
    chosen = sa.select(Entry).where(Entry.playlist_id == playlist_id, Entry.removed_at >= since)
    latest = with_names(chosen).order_by(Entry.removed_at.desc(), Entry.id.desc()).limit(MOST_REMOVED)
    return entry_rows(person, session().execute(latest).all())


def with_names(chosen: sa.Select[Any]) -> sa.Select[Any]:
    adder = auth.named_people().subquery("adder")
    columns = (Entry.id, Entry.song_id, Entry.added_by, adder.c.name, Entry.added_at)
    return chosen.outerjoin(adder, adder.c.id == Entry.added_by).with_only_columns(*columns, maintain_column_froms=True)


def entry_rows(person: Person | None, rows: Sequence[Any]) -> list[EntryRow]:
    songs = song_rows(person, sorted({row[1] for row in rows}))
    return [EntryRow(row[0], songs.get(row[1]), row[2], row[3] or "", row[4]) for row in rows]
