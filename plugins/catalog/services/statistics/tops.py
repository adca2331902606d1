"""What somebody heard most: songs, artists, albums and genres, as far as they can still be found."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

import sqlalchemy as sa

from musicapp.database import session
from plugins.catalog.models import Album, Artist, Genre, ListenerHour, Song
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
    song_columns,
    song_row,
)
from plugins.catalog.services.visibility import visible_albums, visible_songs

T = TypeVar("T")
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
    """What somebody heard most between two days, both included."""

    person: Person
    first: date
    last: date

    def songs(self) -> list[Ranked[SongRow]]:
        most = self.most(Song.id, SONGS)
        query = song_columns(sa.select(Song).join(most, most.c.id == Song.id), self.person)
        return ranked(query, most, song_row)

    def artists(self) -> list[Ranked[ArtistCard]]:
        most = self.most(Song.artist_id, OTHERS)
        return ranked(artist_columns(sa.select(Artist).join(most, most.c.id == Artist.id)), most, artist_card)

    def albums(self) -> list[Ranked[AlbumCard]]:
        visible = visible_albums(self.person).with_only_columns(Album.id)
        most = self.most(Song.album_id, OTHERS, Song.album_id.in_(visible))
        return ranked(album_columns(sa.select(Album).join(most, most.c.id == Album.id)), most, album_card)

    def genres(self) -> list[Ranked[GenreName]]:
        most = self.most(Song.genre_id, OTHERS, Song.genre_id.is_not(None))
        query = sa.select(Genre).join(most, most.c.id == Genre.id)
        return ranked(query.with_only_columns(*GENRE), most, genre_name)

    def most(self, group: sa.SQLColumnExpression[Any], limit: int, *among: sa.ColumnElement[bool]) -> sa.Subquery:
        """The ids of a kind of thing that belongs to songs, with what was heard of them, the most played first."""
        heard = (
            sa.select(
                ListenerHour.song_id,
                sa.func.sum(ListenerHour.plays).label("plays"),
                sa.func.sum(ListenerHour.heard_ms).label("heard_ms"),
            )
            .where(ListenerHour.user_id == self.person.id, ListenerHour.day.between(self.first, self.last))
            .group_by(ListenerHour.song_id)
            .subquery()
        )
        plays, heard_ms = sa.func.sum(heard.c.plays), sa.func.sum(heard.c.heard_ms)
        songs = visible_songs(self.person).join(heard, heard.c.song_id == Song.id).where(*among)
        columns: tuple[Any, ...] = (group.label("id"), plays.label("plays"), heard_ms.label("heard_ms"))
        sums = songs.with_only_columns(*columns)
        order = (plays.desc(), heard_ms.desc(), group)
        return sums.group_by(group).having(plays > 0).order_by(*order).limit(limit).subquery("most")


def genre_name(row: Any) -> GenreName:
    return GenreName(row[0], row[1], genre_card(row[0], row[1], 0).tint)


def ranked(query: sa.Select[Any], most: sa.Subquery, make: Callable[[Any], T]) -> list[Ranked[T]]:
    """The records of a query over what was heard most, in that order."""
    whole = query.add_columns(most.c.plays, most.c.heard_ms)
    rows = session().execute(whole.order_by(most.c.plays.desc(), most.c.heard_ms.desc(), most.c.id))
    return [Ranked(make(row), int(row[-2]), int(row[-1])) for row in rows]
