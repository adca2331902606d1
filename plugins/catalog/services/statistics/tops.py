"""What somebody heard most: songs, artists, albums and genres, as far as they can still be found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from musicapp.database import session
from plugins.catalog.models import Album, Artist, Genre, ListenerHour, Song
from plugins.catalog.services.counters import More, add_more
from plugins.catalog.services.genres import genre_card
from plugins.catalog.services.persons import Person
from plugins.catalog.services.rows import (
    AlbumCard,
    ArtistCard,
    SongRow,
    album_card,
    album_columns,
    artist_card,
    artist_columns,
)
from plugins.catalog.services.songs import song_rows
from plugins.catalog.services.visibility import visible_albums, visible_songs

T = TypeVar("T")
Sums = dict[int, More]
SONGS, OTHERS = 10, 5
GENRE: tuple[Any, ...] = (Genre.id, Genre.name)


@dataclass(frozen=True)
class Ranked(Generic[T]):
    """Something that was heard, how often and how long."""

    of: T
    plays: int
    heard_ms: int


@dataclass(frozen=True)
class GenreName:
    """A genre by its name, in its colour."""

    id: int
    name: str
    tint: str


@dataclass(frozen=True)
class Tops:
    """What was heard most, the most played first."""

    songs: list[Ranked[SongRow]]
    artists: list[Ranked[ArtistCard]]
    albums: list[Ranked[AlbumCard]]
    genres: list[Ranked[GenreName]]


def heard_most(person: Person, first: date, last: date) -> Tops:
    """What somebody heard most between two days, both included: their sums are read once, for all four."""
    songs: Sums = {}
    artists: Sums = {}
    albums: Sums = {}
    genres: Sums = {}
    for song_id, artist_id, album_id, genre_id, plays, heard_ms in session().execute(heard_songs(person, first, last)):
        more = More(int(plays), int(heard_ms))
        for sums, of in ((songs, song_id), (artists, artist_id), (albums, album_id), (genres, genre_id)):
            if of is not None:
                add_more(sums, of, more)
    songs, artists, albums, genres = (
        most(songs, SONGS),
        most(artists, OTHERS),
        most(albums, OTHERS),
        most(genres, OTHERS),
    )
    return Tops(
        songs=ranked(songs, song_rows(person, list(songs))),
        artists=ranked(artists, by_id(map(artist_card, rows(artist_columns(sa.select(Artist)), Artist.id, artists)))),
        albums=ranked(albums, by_id(map(album_card, rows(album_columns(visible_albums(person)), Album.id, albums)))),
        genres=ranked(genres, by_id(map(genre_name, rows(sa.select(*GENRE), Genre.id, genres)))),
    )


def heard_songs(person: Person, first: date, last: date) -> sa.Select[Any]:
    """The songs that somebody heard and may still find: what they belong to, and the sums of each."""
    heard = (
        sa.select(
            ListenerHour.song_id,
            sa.func.sum(ListenerHour.plays).label("plays"),
            sa.func.sum(ListenerHour.heard_ms).label("heard_ms"),
        )
        .where(ListenerHour.user_id == person.id, ListenerHour.day.between(first, last))
        .group_by(ListenerHour.song_id)
        .subquery()
    )
    columns: tuple[Any, ...] = (Song.id, Song.artist_id, Song.album_id, Song.genre_id, heard.c.plays, heard.c.heard_ms)
    return visible_songs(person).join(heard, heard.c.song_id == Song.id).with_only_columns(*columns)


def most(sums: Sums, limit: int) -> Sums:
    """The sums of what was played most, in that order."""
    played = [(of, more) for of, more in sums.items() if more.plays]
    return dict(sorted(played, key=lambda one: (-one[1].plays, -one[1].heard_ms, one[0]))[:limit])


def rows(query: sa.Select[Any], key: sa.SQLColumnExpression[int], ids: Iterable[int]) -> Iterable[Any]:
    return session().execute(query.where(key.in_(list(ids))))


def by_id(records: Iterable[T]) -> dict[int, T]:
    return {record.id: record for record in records}  # type: ignore[attr-defined]


def ranked(sums: Sums, records: Mapping[int, T]) -> list[Ranked[T]]:
    """The records of what was heard most; what may not be seen any more is left out."""
    return [Ranked(records[of], more.plays, more.heard_ms) for of, more in sums.items() if of in records]


def genre_name(row: Any) -> GenreName:
    return GenreName(row.id, row.name, genre_card(row.id, row.name, 0).tint)
