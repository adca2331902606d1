"""One artist as listeners meet them: who they are, what they published, what of it is played most."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.errors import NotFound
from musicapp.paging import Order
from musicapp.prepared import prepared
from plugins.catalog.models import Album, Artist, Song, SongDay
from plugins.catalog.services.artists import NOT_HERE, is_known_artist
from plugins.catalog.services.history.hours import local_day
from plugins.catalog.services.orders import NEWEST_ALBUMS, NEWEST_SONGS, POPULAR_SONGS
from plugins.catalog.services.persons import Person, manages, may_browse
from plugins.catalog.services.rows import (
    ARTIST_COLUMNS,
    SONG_COLUMNS,
    AlbumCard,
    ArtistCard,
    SongRow,
    album_card,
    album_columns,
    artist_card,
    artist_columns,
    song_columns,
    song_row,
)
from plugins.catalog.services.visibility import Condition, asked_by, is_out, is_public, is_theirs, kind_of_reader
from plugins.catalog.services.words import known_id

Shown = Callable[[type[Song] | type[Album]], Condition]
POPULAR_LIMIT = 10
RELEASES_LIMIT = 50
RECENT_DAYS = 28
THIS_ARTIST = sa.bindparam("artist_id", type_=sa.Integer)


@dataclass(frozen=True)
class ArtistDetail:
    """An artist with what they published; plays are those of the last 28 days.

    While moderators hide them (`hidden`), who may still look sees what was there for everybody.
    """

    card: ArtistCard
    theirs: bool
    recent_plays: int
    popular: list[SongRow]
    albums: list[AlbumCard]
    singles: list[SongRow]
    tint_is_chosen: bool
    hidden: bool


def artist_detail(person: Person | None, artist_id: int) -> ArtistDetail:
    """One artist with releases and popular songs; raises NotFound while nothing of theirs can be heard by others."""
    row = artist_known(person, artist_id)
    is_own, recent_plays, tint_is_chosen, hidden = row[ARTIST_COLUMNS:]
    shown = is_out if hidden else is_public
    of_artist = {"artist_id": artist_id} if may_browse(person) else {"artist_id": 0}
    found = prepared(("songs of artist", bool(hidden)), partial(popular_and_single, shown)).rows(of_artist)
    return ArtistDetail(
        artist_card(row),
        bool(is_own),
        int(recent_plays),
        sorted(songs_in(found, "popular"), key=lambda song: (song.plays, song.id), reverse=True),
        [album_card(row) for row in prepared(("releases", bool(hidden)), partial(releases, shown)).rows(of_artist)],
        sorted(songs_in(found, "single"), key=lambda song: (song.published_at, song.id), reverse=True),
        tint_is_chosen,
        bool(hidden),
    )


def songs_in(found: list[Any], name: str) -> list[SongRow]:
    return [song_row(row) for row in found if row[SONG_COLUMNS] == name]


def artist_alone(person: Person | None, artist_id: int) -> ArtistCard:
    """One artist without what they published; raises NotFound as `artist_detail` does."""
    return artist_card(artist_known(person, artist_id))


def artist_known(person: Person | None, artist_id: int) -> Any:
    head = prepared(("artist", *kind_of_reader(person)), partial(one_artist, person))
    since = local_day(now()) - timedelta(days=RECENT_DAYS)
    found = head.rows(asked_by(person, artist_id=known_id(artist_id, NOT_HERE), since=since))
    if not found:
        raise NotFound(NOT_HERE)
    return found[0]


def one_artist(person: Person | None) -> sa.Select[Any]:
    """An artist, whether it is theirs to change, its plays of the last days, and whether its tint was chosen."""
    theirs = sa.true() if manages(person) else is_theirs(person, Artist.id)
    plays = (
        sa.select(sa.func.coalesce(sa.func.sum(SongDay.plays), 0))
        .join(Song, Song.id == SongDay.song_id)
        .where(Song.artist_id == Artist.id, SongDay.day > sa.bindparam("since", type_=sa.Date))
        .correlate(Artist)
        .scalar_subquery()
    )
    query = sa.select(Artist).where(Artist.id == THIS_ARTIST, is_known_artist(person))
    own = (theirs.label("theirs"), plays.label("recent_plays"), Artist.tint_is_chosen)
    return artist_columns(query).add_columns(*own, Artist.hidden_at.is_not(None).label("hidden"))


def popular_and_single(shown: Shown) -> sa.Select[Any]:
    """The most played songs of an artist and their newest single ones, in one statement, each said to be which."""
    songs = sa.select(Song).where(shown(Song), Song.artist_id == THIS_ARTIST)
    parts = [
        first(songs, "popular", POPULAR_SONGS, POPULAR_LIMIT),
        first(songs.where(Song.album_id.is_(None)), "single", NEWEST_SONGS, RELEASES_LIMIT),
    ]
    chosen = sa.union_all(*(sa.select(part) for part in parts)).subquery("chosen")
    rows = song_columns(sa.select(Song).join(chosen, chosen.c.id == Song.id), None, as_public=True)
    return rows.add_columns(chosen.c.list)


def first(songs: sa.Select[Any], name: str, order: Order, limit: int) -> sa.Subquery:
    """The ids of the first of some songs in an order."""
    columns: list[Any] = [Song.id, sa.literal_column(f"'{name}'", sa.String).label("list")]
    return order.sorted(songs.with_only_columns(*columns)).limit(limit).subquery(name)


def releases(shown: Shown) -> sa.Select[Any]:
    albums = album_columns(sa.select(Album).where(shown(Album), Album.artist_id == THIS_ARTIST), counted=shown(Song))
    return NEWEST_ALBUMS.sorted(albums).limit(RELEASES_LIMIT)
