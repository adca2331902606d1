"""What listeners said of an artist's music in a span: saves, ratings, comments; counted from their own rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from musicapp.database import session
from plugins.catalog.models import (
    Album,
    ArtistMember,
    Comment,
    FavouriteAlbum,
    FavouriteArtist,
    FavouriteSong,
    Follow,
    Rating,
    Song,
)

Between = tuple[datetime, datetime]


@dataclass(frozen=True)
class Marks:
    """Hearts for songs, albums and the artist that still stand, ratings and their stars, new followers, comments.

    Comments of the artist's own accounts are left out.
    """

    saves: int
    ratings: int
    stars: int
    followers: int
    comments: int

    @property
    def average_stars(self) -> float | None:
        """The mean of the ratings, to one place; None while there is none."""
        return round(self.stars / self.ratings, 1) if self.ratings else None


def marks_of(artist_id: int, now: Between, before: Between) -> tuple[Marks, Marks]:
    """What was said between two moments, and between two earlier ones, in one statement."""
    row = session().execute(sa.select(*counts(artist_id, now), *counts(artist_id, before))).one()
    numbers = [int(number) for number in row]
    half = len(numbers) // 2
    return Marks(*numbers[:half]), Marks(*numbers[half:])


def counts(artist_id: int, between: Between) -> list[sa.ColumnElement[Any]]:
    """The numbers of `Marks`, in its order."""
    songs = sa.select(Song.id).where(Song.artist_id == artist_id)
    albums = sa.select(Album.id).where(Album.artist_id == artist_id)
    rated = sa.and_(Rating.song_id.in_(songs), within(Rating.rated_at, between))
    saved = (
        count(FavouriteSong.song_id.in_(songs), within(FavouriteSong.added_at, between))
        + count(FavouriteAlbum.album_id.in_(albums), within(FavouriteAlbum.added_at, between))
        + count(FavouriteArtist.artist_id == artist_id, within(FavouriteArtist.added_at, between))
    )
    return [
        saved,
        count(rated),
        sa.select(sa.func.coalesce(sa.func.sum(Rating.stars), 0)).where(rated).scalar_subquery(),
        count(Follow.artist_id == artist_id, within(Follow.since, between)),
        comments(artist_id, songs, albums, between),
    ]


def comments(artist_id: int, songs: Any, albums: Any, between: Between) -> sa.ColumnElement[int]:
    own = sa.select(ArtistMember.user_id).where(ArtistMember.artist_id == artist_id)
    about = sa.or_(
        sa.and_(Comment.subject_kind == "song", Comment.subject_id.in_(songs)),
        sa.and_(Comment.subject_kind == "album", Comment.subject_id.in_(albums)),
    )
    by_others = sa.or_(Comment.author_id.is_(None), Comment.author_id.not_in(own))
    stands = sa.and_(Comment.deleted_at.is_(None), Comment.hidden_at.is_(None))
    return count(about, by_others, stands, within(Comment.created_at, between))


def count(*which: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).where(*which).scalar_subquery()


def within(column: Any, between: Between) -> sa.ColumnElement[bool]:
    return sa.and_(column >= between[0], column < between[1])
