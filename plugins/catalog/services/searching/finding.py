"""What is found of each kind, one statement for each, which is built once."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Any

import sqlalchemy as sa

from musicapp.prepared import Row, prepared
from plugins.catalog.models import Artist, Song
from plugins.catalog.services.artists import is_heard
from plugins.catalog.services.persons import Person
from plugins.catalog.services.rows import (
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
from plugins.catalog.services.searching.asking import Asked
from plugins.catalog.services.searching.lines import line_with
from plugins.catalog.services.searching.matching import (
    ALBUMS,
    ARTISTS,
    LIMIT,
    SONGS,
    Kind,
    back_end,
    best_matches,
    ids,
    values,
)
from plugins.catalog.services.visibility import asked_by, kind_of_reader, visible_albums, visible_songs

# With so many words the last one is not asked of lyrics: it may be half written.
ENOUGH_WORDS = 3
SUNG = sa.bindparam("sung", type_=sa.String)


@dataclass(frozen=True, slots=True)
class SungLine:
    """A song that was found by its lyrics, and the line in which the words stand."""

    song: SongRow
    line: str


def songs(person: Person | None, asked: Asked, limit: int) -> list[SongRow]:
    return [song_row(row) for row in found(SONGS, all_songs, person, asked, limit)]


def albums(person: Person | None, asked: Asked, limit: int) -> list[AlbumCard]:
    return [album_card(row) for row in found(ALBUMS, all_albums, person, asked, limit)]


def artists(person: Person | None, asked: Asked, limit: int) -> list[ArtistCard]:
    """Artists of whom something can be heard."""
    return [artist_card(row) for row in found(ARTISTS, all_artists, person, asked, limit)]


def lyrics(person: Person | None, asked: Asked, limit: int, without: Collection[int]) -> list[SungLine]:
    """Songs in whose lyrics all words stand, those with the words in one line first; `without` those found already."""
    words = asked.words[:-1] if len(asked.words) >= ENOUGH_WORDS else asked.words
    statement = prepared(("sung", *kind_of_reader(person)), partial(sung, person))
    lines = []
    for row in statement.rows(asked_by(person, sung=back_end().words_expression(words), limit=limit)):
        song = song_row(row)
        if song.id not in without:
            count, line = line_with(row[SONG_COLUMNS], asked.words)
            lines.append((count, SungLine(song, line)))
    return [sung_line for _, sung_line in sorted(lines, key=lambda one: -one[0])]


def found(
    kind: Kind, build: Callable[[Person | None], sa.Select[Any]], person: Person | None, asked: Asked, limit: int
) -> list[Row]:
    statement = prepared(("found", kind.name, *kind_of_reader(person)), partial(build, person))
    return statement.rows(asked_by(person, **values(kind, asked, limit)))


def all_songs(person: Person | None) -> sa.Select[Any]:
    return song_columns(best_matches(SONGS, visible_songs(person)), person)


def all_albums(person: Person | None) -> sa.Select[Any]:
    return album_columns(best_matches(ALBUMS, visible_albums(person)))


def all_artists(person: Person | None) -> sa.Select[Any]:
    return artist_columns(best_matches(ARTISTS, sa.select(Artist).where(is_heard(person))))


def sung(person: Person | None) -> sa.Select[Any]:
    seen = visible_songs(person)
    holding = ids(back_end().hottest("lyrics", Song, seen, SUNG, LIMIT))
    popular = seen.where(Song.id.in_(holding)).order_by(Song.plays.desc(), Song.id.desc())
    return song_columns(popular, person).add_columns(Song.lyrics)
