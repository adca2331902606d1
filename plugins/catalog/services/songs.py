"""Songs as listeners meet them: lists, and one by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, Unpack

import sqlalchemy as sa

from musicapp.database import session
from musicapp.errors import NotFound
from musicapp.paging import Page, page_of
from musicapp.prepared import prepared
from musicapp.routing import LARGEST_ID
from plugins.catalog.models import Album, Artist, Song
from plugins.catalog.services.narrowing import Narrowing, narrowed
from plugins.catalog.services.orders import SONG_ORDERS, SONGS_MADE
from plugins.catalog.services.persons import Person, manages, may_browse, sees_all
from plugins.catalog.services.rows import SONG_COLUMNS, SongRow, song_columns, song_row
from plugins.catalog.services.visibility import (
    asked_by,
    is_theirs,
    kind_of_reader,
    known_songs,
    public_songs,
    visible_songs,
)
from plugins.catalog.services.words import known_id

ASKED_AT_ONCE = 5_000
NOT_HERE = "This song is not here, or you may not see it."


@dataclass(frozen=True)
class SongDetail:
    """A song by itself; `theirs` says that its reader may change it, `version` counts its changes.

    Of moderators' decisions: `hidden_for` names what it is hidden for, the song itself, its album or its artist;
    `removed` says that only the staff have it, `labelled` that the mark “explicit” is theirs.
    """

    row: SongRow
    lyrics: str
    theirs: bool
    file_name: str
    disc_no: int | None
    credits: list[dict[str, str]]
    description: str
    released_on: date | None
    bitrate_kbps: int | None
    sample_rate_hz: int | None
    channels: int | None
    version: int
    rights_confirmed_at: datetime | None
    tint_is_chosen: bool
    hidden_for: str | None
    removed: bool
    labelled: bool


DETAIL = (
    Song.file_name,
    Song.disc_no,
    Song.credits,
    Song.description,
    Song.released_on,
    Song.bitrate_kbps,
    Song.sample_rate_hz,
    Song.channels,
    Song.version,
    Song.rights_confirmed_at,
    Song.tint_is_chosen,
    sa.case(
        (Song.flagged_at.is_not(None), "song"), (Album.flagged_at.is_not(None), "album"),
        (Song.hidden_at.is_not(None), "artist"),
    ),
    Song.removed_at.is_not(None),
    Song.explicit_said.is_not(None),
)  # fmt: skip


PUBLIC_COLUMNS = partial(song_columns, person=None, as_public=True)


def list_songs(
    person: Person | None,
    *,
    sort: str = "newest",
    hide_explicit: bool = False,
    limit: int = 50,
    cursor: str | None = None,
    **narrowing: Unpack[Narrowing],
) -> Page[SongRow]:
    """A page of the songs that somebody may find, by `newest`, `title`, `popular`, `year` or `random`."""
    if not may_browse(person):
        return Page([], None)
    choice = narrowed(Song, public_songs, sort, {**narrowing, "hide_explicit": hide_explicit})
    return page_of(choice, SONG_ORDERS[sort], song_row, shows=PUBLIC_COLUMNS, limit=limit, cursor=cursor)


def own_songs(person: Person, *, limit: int = 50, cursor: str | None = None) -> Page[SongRow]:
    """A page of the songs that somebody publishes, drafts and unreadable ones too, the newest upload first."""
    query = sa.select(Song).where(Song.deleted_at.is_(None), is_theirs(person, Song.artist_id))
    return page_of(query, SONGS_MADE, song_row, shows=shown_to(person), limit=limit, cursor=cursor)


def named_songs() -> sa.Select[int, str, str]:
    """The ids, titles and artists of all songs, as a query for others to join."""
    names = sa.select(Song.id, Song.title, Artist.name.label("artist"))
    return names.join(Artist, Artist.id == Song.artist_id)


def all_songs(person: Person, *, limit: int = 50, cursor: str | None = None) -> Page[SongRow]:
    """A page of everybody's songs in any state, for who looks after the site; for others what is theirs."""
    if not sees_all(person):
        return own_songs(person, limit=limit, cursor=cursor)
    query = sa.select(Song).where(Song.deleted_at.is_(None))
    return page_of(query, SONGS_MADE, song_row, shows=shown_to(person), limit=limit, cursor=cursor)


def shown_to(person: Person | None) -> Callable[[sa.Select[Any]], sa.Select[Any]]:
    return partial(song_columns, person=person)


def song_rows(person: Person | None, song_ids: Sequence[int]) -> dict[int, SongRow]:
    """Those of these songs that somebody may hear, by id, in one query: for who keeps lists of songs."""
    query = visible_songs(person).where(Song.id.in_(song_ids))
    return {row.id: row for row in map(song_row, session().execute(song_columns(query, person)))}


def which_of(person: Person | None, song_ids: set[int]) -> set[int]:
    """Those of these ids that are songs which somebody may hear."""
    heard: set[int] = set()
    asked = sorted(song_id for song_id in song_ids if 0 < song_id <= LARGEST_ID)
    for first in range(0, len(asked), ASKED_AT_ONCE):
        query = visible_songs(person).where(Song.id.in_(asked[first : first + ASKED_AT_ONCE]))
        heard.update(session().scalars(query.with_only_columns(Song.id)))
    return heard


def song_detail(person: Person | None, song_id: int) -> SongDetail:
    """One song with its words and waveform; raises NotFound where they may not know of it."""
    statement = prepared(("song", *kind_of_reader(person)), partial(one_song, person))
    found = statement.rows(asked_by(person, song_id=known_id(song_id, NOT_HERE)))
    if not found:
        raise NotFound(NOT_HERE)
    row = found[0]
    lyrics, theirs, *rest = row[SONG_COLUMNS:]
    return SongDetail(song_row(row), lyrics, bool(theirs) or manages(person), *rest)


def one_song(person: Person | None) -> sa.Select[Any]:
    query = known_songs(person).where(Song.id == sa.bindparam("song_id", type_=sa.Integer))
    theirs = is_theirs(person, Song.artist_id).label("theirs")
    return song_columns(query, person, peaks=True).add_columns(Song.lyrics, theirs, *DETAIL)
