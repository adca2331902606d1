"""The history of a playlist: who changed what, and when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from musicapp.errors import NotFound
from musicapp.paging import Order, Page, page_of
from plugins.auth import services as auth
from plugins.catalog.services import Person, SongRow, sees_all, song_rows
from plugins.playlists.models import Change
from plugins.playlists.services.detail import PlaylistDetail
from plugins.playlists.services.entries.reading import facts_of
from plugins.playlists.services.seeing import NOT_HERE

LATEST = Order("changes", Change.id, Change.id, descending=True)
SHOWN_SONGS = 3


@dataclass(frozen=True)
class ChangeRow:
    """One change of a playlist; `person_name` is empty for who is gone.

    `kind` is one of created, renamed, described, shown_to, rules, frozen, cover, added, removed, brought_back, moved,
    ordered, deleted, restored, invited, joined, role, left, sent_away. `of` says what it was of: `count` of songs,
    `name` and `before`, `visibility`, `role`. `songs` are the first of its songs, those that the reader may hear.
    """

    id: int
    kind: str
    person_id: int | None
    person_name: str
    made_at: datetime
    of: dict[str, Any]
    songs: tuple[SongRow, ...]


def changes_of(
    person: Person,
    playlist_id: int,
    *,
    limit: int = 50,
    cursor: str | None = None,
    of: PlaylistDetail | None = None,
) -> Page[ChangeRow]:
    """A page of a playlist's history, the latest first; for who keeps it together and who looks after the site.

    Who has its detail already hands it over as `of`, which saves a statement.
    """
    role = facts_of(person, playlist_id)[2] if of is None else of.role
    if role is None and not sees_all(person):
        raise NotFound(NOT_HERE)
    people = auth.named_people().subquery("people")
    chosen = (
        sa.select(Change.id, Change.kind, Change.person_id, people.c.name, Change.made_at, Change.of)
        .outerjoin(people, people.c.id == Change.person_id)
        .where(Change.playlist_id == playlist_id)
    )
    page = page_of(chosen, LATEST, tuple, limit=limit, cursor=cursor)
    songs = song_rows(person, sorted({song_id for row in page.rows for song_id in named(row[5])}))
    return Page([change_row(row, songs) for row in page.rows], page.next)


def named(of: dict[str, Any]) -> list[int]:
    return list(of.get("songs", []))[:SHOWN_SONGS]


def change_row(row: Any, songs: dict[int, SongRow]) -> ChangeRow:
    id_, kind, person_id, name, made_at, of = row[:6]
    heard = tuple(songs[song_id] for song_id in named(of) if song_id in songs)
    return ChangeRow(id_, kind, person_id, name or "", made_at, of, heard)
