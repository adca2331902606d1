"""What is found of each kind, one statement for each."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from musicapp.database import session
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
from plugins.catalog.services.searching.matching import ALBUMS, ARTISTS, SONGS, back_end, best_matches, ids
from plugins.catalog.services.visibility import visible_albums, visible_songs

# With so many words the last one is not asked of lyrics: it may be half written.
ENOUGH_WORDS = 3


@dataclass(frozen=True, slots=True)
class SungLine:
    """A song that was found by its lyrics, and the line in which the words stand."""

    song: SongRow
    line: str


def songs(person: Person | None, asked: Asked, limit: int) -> list[SongRow]:
    query = song_columns(best_matches(SONGS, visible_songs(person), asked, limit), person)
    return [song_row(row) for row in session().execute(query)]


def albums(person: Person | None, asked: Asked, limit: int) -> list[AlbumCard]:
    query = album_columns(best_matches(ALBUMS, visible_albums(person), asked, limit))
    return [album_card(row) for row in session().execute(query)]


def artists(person: Person | None, asked: Asked, limit: int) -> list[ArtistCard]:
    """Artists of whom something can be heard."""
    query = artist_columns(best_matches(ARTISTS, sa.select(Artist).where(is_heard(person)), asked, limit))
    return [artist_card(row) for row in session().execute(query)]


def lyrics(person: Person | None, asked: Asked, limit: int, without: Collection[int]) -> list[SungLine]:
    """Songs in whose lyrics all words stand, those with the words in one line first; `without` those found already."""
    words = asked.words[:-1] if len(asked.words) >= ENOUGH_WORDS else asked.words
    seen = visible_songs(person)
    others = seen.where(Song.id.not_in(without)) if without else seen
    sung = ids(back_end().lyrics(Song, others, list(words), limit))
    query = song_columns(seen.where(Song.id.in_(sung)).order_by(Song.plays.desc(), Song.id.desc()), person)
    found = []
    for row in session().execute(query.add_columns(Song.lyrics)):
        count, line = line_with(row[SONG_COLUMNS], asked.words)
        found.append((count, SungLine(song_row(row), line)))
    return [sung_line for _, sung_line in sorted(found, key=lambda one: -one[0])]
