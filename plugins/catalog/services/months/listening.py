"""What listeners heard in a span, with the names of what they heard most: read for many of them at once."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Generic, TypeVar

import sqlalchemy as sa

from musicapp.database import session
from musicapp.spans import Span
from plugins.catalog.models import Album, Artist, Song
from plugins.catalog.services.counters import More
from plugins.catalog.services.months.sums import NOTHING, Sums, sums_of
from plugins.catalog.services.rows import SongRow, song_columns, song_row
from plugins.catalog.services.visibility import public_albums, public_songs

T = TypeVar("T")
TOP, DISCOVERIES = 5, 4
LEAST_FOR_ALBUM = 3


@dataclass(frozen=True)
class NamedArtist:
    """An artist by name, picture and colour."""

    id: int
    name: str
    cover_id: int | None
    tint: str


@dataclass(frozen=True)
class NamedAlbum:
    """An album by name, picture and colour."""

    id: int
    title: str
    artist_name: str
    cover_id: int | None
    tint: str


@dataclass(frozen=True)
class Times(Generic[T]):
    """Something that was heard: so many plays, so many ms."""

    of: T
    plays: int
    heard_ms: int


@dataclass(frozen=True)
class Listening:
    """What one listener heard in a span: in all, beside the days before, by day, and what most.

    `new_artists_count` are those they had not heard in the year before; `discoveries` the song of each of some of them
    that they heard most. `days_before` counts days with music.
    """

    total: More
    before: More
    days: dict[date, More]
    days_before: int
    artists_count: int
    new_artists_count: int
    songs: list[Times[SongRow]]
    artists: list[Times[NamedArtist]]
    album: Times[NamedAlbum] | None
    discoveries: list[Times[SongRow]]


def listening_of(person_ids: Sequence[int], span: Span) -> dict[int, Listening]:
    """What each of these listeners heard: six statements, however many they are."""
    sums = sums_of(person_ids, span)
    found_by = {person_id: discovered(one) for person_id, one in sums.items()}
    top_songs = {person_id: one.top(one.songs, TOP) for person_id, one in sums.items()}
    top_artists = {person_id: one.top(one.artists, TOP) for person_id, one in sums.items()}
    top_albums = {person_id: one.top(one.albums, 1) for person_id, one in sums.items()}
    songs = named_songs(ids_in([*top_songs.values(), *found_by.values()]))
    artists = named_artists(ids_in(top_artists.values()))
    albums = named_albums(ids_in(top_albums.values()))
    return {
        person_id: Listening(
            total=summed(one.days.values()),
            before=summed(one.days_before.values()),
            days=one.days,
            days_before=len(one.days_before),
            artists_count=len(one.artists),
            new_artists_count=len(one.new_artists()),
            songs=with_names(top_songs[person_id], songs),
            artists=with_names(top_artists[person_id], artists),
            album=next((album for album in with_names(top_albums[person_id], albums) if is_enough(album)), None),
            discoveries=with_names(found_by[person_id], songs),
        )
        for person_id, one in sums.items()
    }


def discovered(sums: Sums) -> list[tuple[int, More]]:
    """The song that they heard most of each new artist, for the artists that they heard most."""
    new = [artist_id for artist_id, _ in sums.top(sums.new_artists(), len(sums.artists))]
    best: dict[int, tuple[int, More]] = {}
    for song_id, more in sums.top(sums.songs, len(sums.songs)):
        best.setdefault(sums.artist_of[song_id], (song_id, more))
    return [best[artist_id] for artist_id in new if artist_id in best][:DISCOVERIES]


def is_enough(album: Times[NamedAlbum]) -> bool:
    """Whether an album was heard often enough to be that of the month."""
    return album.plays >= LEAST_FOR_ALBUM


def summed(amounts: Iterable[More]) -> More:
    return reduce(lambda one, other: More(one.plays + other.plays, one.heard_ms + other.heard_ms), amounts, NOTHING)


def ids_in(tops: Iterable[list[tuple[int, More]]]) -> set[int]:
    return {of for top in tops for of, _ in top}


def with_names(top: Iterable[tuple[int, More]], names: dict[int, T]) -> list[Times[T]]:
    """What was heard most, as far as it can still be found."""
    return [Times(names[of], more.plays, more.heard_ms) for of, more in top if of in names]


def named_songs(song_ids: Collection[int]) -> dict[int, SongRow]:
    query = song_columns(public_songs().where(Song.id.in_(song_ids)), None, as_public=True)
    return {row.id: row for row in map(song_row, session().execute(query))}


def named_artists(artist_ids: Collection[int]) -> dict[int, NamedArtist]:
    query = sa.select(Artist.id, Artist.name, Artist.cover_id, Artist.tint).where(Artist.id.in_(artist_ids))
    return {row.id: NamedArtist(*row) for row in session().execute(query)}


def named_albums(album_ids: Collection[int]) -> dict[int, NamedAlbum]:
    query = public_albums().join(Artist, Artist.id == Album.artist_id).where(Album.id.in_(album_ids))
    columns = query.with_only_columns(Album.id, Album.title, Artist.name, Album.cover_id, Album.tint)
    return {row.id: NamedAlbum(*row) for row in session().execute(columns)}
