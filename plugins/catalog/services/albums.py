"""Albums as listeners meet them: lists, and one with its songs."""

from dataclasses import dataclass
from functools import partial
from typing import Any, Unpack

import sqlalchemy as sa

from musicapp.errors import NotFound
from musicapp.paging import Page, page_of
from musicapp.prepared import prepared
from plugins.catalog.models import Album, Song
from plugins.catalog.services.narrowing import Narrowing, narrowed
from plugins.catalog.services.orders import ALBUM_ORDERS, ALBUMS_MADE, NEWEST_ALBUMS
from plugins.catalog.services.persons import Person, manages, may_browse, sees_all
from plugins.catalog.services.rows import (
    ALBUM_COLUMNS,
    AlbumCard,
    SongRow,
    album_card,
    album_columns,
    song_columns,
    song_row,
)
from plugins.catalog.services.visibility import (
    asked_by,
    is_theirs,
    kind_of_reader,
    known_albums,
    known_songs,
    public_albums,
)
from plugins.catalog.services.words import known_id

NOT_HERE = "This album is not here, or you may not see it."
SONGS_LIMIT = 500
MORE_LIMIT = 5
IN_ORDER = (Song.disc_no.is_(None), Song.disc_no, Song.track_no.is_(None), Song.track_no, Song.id)


@dataclass(frozen=True)
class AlbumDetail:
    """An album with its songs in order; `theirs` says that its reader may change it, `version` counts its changes.

    `hidden_for` names what moderators hide it for, the album itself or its artist; `removed` says that only the staff
    have it.
    """

    card: AlbumCard
    theirs: bool
    songs: list[SongRow]
    credits: list[dict[str, str]]
    version: int
    tint_is_chosen: bool
    hidden_for: str | None
    removed: bool


def list_albums(
    person: Person | None,
    *,
    sort: str = "newest",
    kind: str | None = None,
    limit: int = 50,
    cursor: str | None = None,
    **narrowing: Unpack[Narrowing],
) -> Page[AlbumCard]:
    """A page of the albums that somebody may find, by `newest`, `title`, `popular`, `year` or `random`."""
    if not may_browse(person):
        return Page([], None)
    choice = narrowed(Album, public_albums, sort, {**narrowing, "kind": kind})
    return page_of(choice, ALBUM_ORDERS[sort], album_card, shows=album_columns, limit=limit, cursor=cursor)


def own_albums(person: Person, *, limit: int = 50, cursor: str | None = None) -> Page[AlbumCard]:
    """A page of the albums that somebody publishes, drafts too, the newest first."""
    query = sa.select(Album).where(Album.deleted_at.is_(None), is_theirs(person, Album.artist_id))
    return page_of(query, ALBUMS_MADE, album_card, shows=with_all_songs, limit=limit, cursor=cursor)


def all_albums(person: Person, *, limit: int = 50, cursor: str | None = None) -> Page[AlbumCard]:
    """A page of everybody's albums in any state, for who looks after the site; for others what is theirs."""
    if not sees_all(person):
        return own_albums(person, limit=limit, cursor=cursor)
    query = sa.select(Album).where(Album.deleted_at.is_(None))
    return page_of(query, ALBUMS_MADE, album_card, shows=with_all_songs, limit=limit, cursor=cursor)


def with_all_songs(query: sa.Select[Any]) -> sa.Select[Any]:
    """Albums as their artists see them: songs that nobody hears yet are counted too."""
    return album_columns(query, Song.deleted_at.is_(None))


def album_detail(person: Person | None, album_id: int) -> AlbumDetail:
    """One album with the songs that somebody may know of; raises NotFound where they may not know of it."""
    row = album_known(person, album_id)
    is_own, *rest = row[ALBUM_COLUMNS:]
    return AlbumDetail(album_card(row), bool(is_own) or manages(person), songs_of_album(person, album_id), *rest)


def album_alone(person: Person | None, album_id: int) -> AlbumCard:
    """One album without its songs; raises NotFound as `album_detail` does."""
    return album_card(album_known(person, album_id))


def album_known(person: Person | None, album_id: int) -> Any:
    statement = prepared(("album", *kind_of_reader(person)), partial(one_album, person))
    found = statement.rows(asked_by(person, album_id=known_id(album_id, NOT_HERE)))
    if not found:
        raise NotFound(NOT_HERE)
    return found[0]


def one_album(person: Person | None) -> sa.Select[Any]:
    query = known_albums(person).where(Album.id == sa.bindparam("album_id", type_=sa.Integer))
    theirs = is_theirs(person, Album.artist_id).label("theirs")
    hidden_for = sa.case((Album.flagged_at.is_not(None), "album"), (Album.hidden_at.is_not(None), "artist"))
    own = (theirs, Album.credits, Album.version, Album.tint_is_chosen)
    return album_columns(query).add_columns(*own, hidden_for, Album.removed_at.is_not(None))


def songs_of_album(person: Person | None, album_id: int) -> list[SongRow]:
    """The songs of an album in its order, with their waveforms."""
    statement = prepared(("songs of album", *kind_of_reader(person)), partial(songs_in_order, person))
    return [song_row(row) for row in statement.rows(asked_by(person, album_id=album_id))]


def songs_in_order(person: Person | None) -> sa.Select[Any]:
    query = known_songs(person).where(Song.album_id == sa.bindparam("album_id", type_=sa.Integer))
    return song_columns(query.order_by(*IN_ORDER).limit(SONGS_LIMIT), person, peaks=True)


def more_by(person: Person | None, card: AlbumCard) -> list[AlbumCard]:
    """Some other albums of the same artist, the newest first."""
    if not may_browse(person):
        return []
    rows = prepared(("more albums",), other_albums).rows({"artist_id": card.artist_id, "album_id": card.id})
    return [album_card(row) for row in rows]


def other_albums() -> sa.Select[Any]:
    same_artist = Album.artist_id == sa.bindparam("artist_id", type_=sa.Integer)
    others = public_albums().where(same_artist, Album.id != sa.bindparam("album_id", type_=sa.Integer))
    return NEWEST_ALBUMS.sorted(album_columns(others)).limit(MORE_LIMIT)
