"""An artist's own songs and albums in any state, by what is asked of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.paging import Order, Page, page_of
from musicapp.routing import LARGEST_ID
from plugins.catalog.models import Album, Song, fold
from plugins.catalog.services.albums import IN_ORDER, SONGS_LIMIT, with_all_songs
from plugins.catalog.services.moderating.holding import holds_songs_of
from plugins.catalog.services.persons import Person, manages
from plugins.catalog.services.rows import (
    SONG_COLUMNS,
    AlbumCard,
    SongRow,
    album_card,
    song_columns,
    song_row,
)
from plugins.catalog.services.visibility import Condition, is_theirs

STATES = ("draft", "scheduled", "published", "processing", "unreadable", "hidden")
NEWEST_SONGS = Order("made", Song.id, Song.id, descending=True)
NEWEST_ALBUMS = Order("made", Album.id, Album.id, descending=True)
CHOICES = 500


@dataclass(frozen=True)
class Wanted:
    """Which of their songs an artist wants to see; None and "" are all. `text` is a part of the title."""

    artist_id: int | None = None
    album_id: int | None = None
    state: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class DeskSong:
    """A song on its artist's desk; `version` counts its changes, `has_rights` says that it may be published."""

    row: SongRow
    version: int
    has_rights: bool


def desk_songs(person: Person, wanted: Wanted, *, limit: int = 50, cursor: str | None = None) -> Page[DeskSong]:
    """A page of somebody's own songs, the newest upload first."""
    query = own_songs(person, wanted.artist_id)
    if wanted.album_id is not None:
        query = query.where(Song.album_id == wanted.album_id)
    if wanted.state:
        query = query.where(is_in_state(wanted.state))
    if wanted.text:
        query = query.where(Song.title_key.contains(fold(wanted.text), autoescape=True))
    shows = partial(desk_columns, person=person)
    return page_of(query, NEWEST_SONGS, desk_song, shows=shows, limit=limit, cursor=cursor)


def sheet_songs(person: Person, *, ids: Sequence[int] = (), album_id: int | None = None) -> list[DeskSong]:
    """Songs by their ids, or those of an album in its order: those that somebody may change."""
    query = sa.select(Song).where(Song.deleted_at.is_(None))
    if not manages(person):
        query = query.where(is_theirs(person, Song.artist_id))
    if album_id is not None:
        query = query.where(Song.album_id == album_id).order_by(*IN_ORDER)
    else:
        known = [song_id for song_id in ids if 0 < song_id <= LARGEST_ID]
        query = query.where(Song.id.in_(known)).order_by(Song.id.desc())
    return [desk_song(row) for row in session().execute(desk_columns(query.limit(SONGS_LIMIT), person))]


def loose_songs(person: Person, artist_id: int, album_id: int) -> list[SongRow]:
    """Songs of an artist that could go into an album: those in none first, and none that has to stay where it is."""
    query = own_songs(person, artist_id) if not manages(person) else artists_songs(artist_id)
    held = sa.exists().where(Album.id == Song.album_id, holds_songs_of(person)).correlate(Song)
    query = query.where(sa.or_(Song.album_id.is_(None), sa.and_(Song.album_id != album_id, ~held)))
    ordered = query.order_by(Song.album_id.is_not(None), Song.title_key, Song.id).limit(CHOICES)
    return [song_row(row) for row in session().execute(song_columns(ordered, person))]


def album_titles(person: Person, artist_id: int | None = None) -> list[str]:
    """The titles of the albums that somebody may name for their songs."""
    titles = own_albums(person, artist_id).with_only_columns(Album.title, Album.title_key).distinct()
    return [row.title for row in session().execute(titles.order_by(Album.title_key).limit(CHOICES))]


def desk_albums(
    person: Person, artist_id: int | None = None, *, limit: int = 50, cursor: str | None = None
) -> Page[AlbumCard]:
    """A page of somebody's own albums, drafts too, the newest first; all their songs are counted."""
    query = own_albums(person, artist_id)
    return page_of(query, NEWEST_ALBUMS, album_card, shows=with_all_songs, limit=limit, cursor=cursor)


def own_songs(person: Person, artist_id: int | None = None) -> sa.Select[Song]:
    query = artists_songs(artist_id) if artist_id is not None else sa.select(Song).where(Song.deleted_at.is_(None))
    return query.where(is_theirs(person, Song.artist_id))


def artists_songs(artist_id: int) -> sa.Select[Song]:
    return sa.select(Song).where(Song.deleted_at.is_(None), Song.artist_id == artist_id)


def own_albums(person: Person, artist_id: int | None = None) -> sa.Select[Album]:
    query = sa.select(Album).where(Album.deleted_at.is_(None), is_theirs(person, Album.artist_id))
    return query if artist_id is None else query.where(Album.artist_id == artist_id)


def is_in_state(state: str) -> Condition:
    """Whether a song is in one of STATES, as its pill says it."""
    if state in ("processing", "unreadable"):
        return Song.state == state
    if state == "hidden":
        return Song.hidden_at.is_not(None)
    when = {
        "draft": Song.published_at.is_(None),
        "scheduled": Song.published_at > now(),
        "published": Song.published_at <= now(),
    }[state]
    return sa.and_(Song.state == "ready", Song.hidden_at.is_(None), when)


def desk_columns(query: sa.Select[Any], person: Person) -> sa.Select[Any]:
    return song_columns(query, person).add_columns(Song.version, Song.rights_confirmed_at.is_not(None))


def desk_song(row: Any) -> DeskSong:
    return DeskSong(song_row(row), row[SONG_COLUMNS], bool(row[SONG_COLUMNS + 1]))
