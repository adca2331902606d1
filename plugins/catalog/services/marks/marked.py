"""What one listener said of the music that an answer shows: asked once, whatever the answer holds."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from musicapp.database import session
from plugins.catalog.models import FavouriteAlbum, FavouriteArtist, FavouriteSong, Follow, Rating
from plugins.catalog.services.persons import Person


@dataclass(frozen=True, slots=True)
class Marks:
    """What a listener said of one song: their stars, 1 to 5, and whether it is a favourite of theirs."""

    stars: int | None = None
    favourite: bool = False


NO_MARKS = Marks()


@dataclass(frozen=True)
class Marked:
    """What a listener said of some music: stars by song, favourites as (kind, id), and the artists they follow."""

    stars: Mapping[int, int] = field(default_factory=dict)
    favourites: Collection[tuple[str, int]] = frozenset()
    followed: Collection[int] = frozenset()

    def of_song(self, song_id: int) -> Marks:
        """What they said of one song."""
        return Marks(self.stars.get(song_id), ("song", song_id) in self.favourites)


def marks_of(person: Person | None, song_ids: Collection[int]) -> dict[int, Marks]:
    """What somebody said of each of these songs, in one statement; of a visitor nothing is asked."""
    marked = marked_by(person, song_ids=song_ids)
    return {song_id: marked.of_song(song_id) for song_id in song_ids}


def marked_by(
    person: Person | None,
    *,
    song_ids: Collection[int] = (),
    album_ids: Collection[int] = (),
    artist_ids: Collection[int] = (),
) -> Marked:
    """What somebody said of these songs, albums and artists, in one statement; of a visitor nothing is asked."""
    asked = [] if person is None else list(questions(person, song_ids, album_ids, artist_ids))
    if not asked:
        return Marked()
    rows = session().execute(sa.union_all(*asked)).all()
    return Marked(
        stars={subject_id: stars for mark, subject_id, stars in rows if mark == "stars"},
        favourites={(mark, subject_id) for mark, subject_id, _ in rows if mark in ("song", "album", "artist")},
        followed={subject_id for mark, subject_id, _ in rows if mark == "follow"},
    )


def questions(
    person: Person, song_ids: Collection[int], album_ids: Collection[int], artist_ids: Collection[int]
) -> Iterator[sa.Select[Any]]:
    """A part of the statement for each kind of mark: its name, what it is on, and how many stars."""
    yield from part("stars", Rating.user_id == person.id, Rating.song_id, song_ids, Rating.stars)
    yield from part("song", FavouriteSong.user_id == person.id, FavouriteSong.song_id, song_ids)
    yield from part("album", FavouriteAlbum.user_id == person.id, FavouriteAlbum.album_id, album_ids)
    yield from part("artist", FavouriteArtist.user_id == person.id, FavouriteArtist.artist_id, artist_ids)
    yield from part("follow", Follow.user_id == person.id, Follow.artist_id, artist_ids)


def part(
    mark: str,
    is_theirs: sa.ColumnElement[bool],
    subject_id: sa.SQLColumnExpression[int],
    ids: Collection[int],
    stars: sa.SQLColumnExpression[Any] | None = None,
) -> Iterator[sa.Select[Any]]:
    if ids:
        value = sa.literal_column("0", sa.Integer) if stars is None else stars
        name = sa.literal_column(f"'{mark}'", sa.String)
        yield sa.select(name, subject_id, value).where(is_theirs, subject_id.in_(set(ids)))
