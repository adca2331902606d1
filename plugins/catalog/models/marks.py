"""What listeners say of music in one gesture: stars, a heart, and that they want to hear of the next release."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model


def of_person() -> Mapped[int]:
    """The listener that a mark belongs to; it goes with their account."""
    return mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"), primary_key=True)


def of_music(column: str) -> Mapped[int]:
    """What a mark is on; it goes with it."""
    return mapped_column(sa.ForeignKey(column, ondelete="CASCADE"), primary_key=True, index=True)


class Rating(Model):
    """How many stars, 1 to 5, a listener gives a song. The song's row carries their number and sum."""

    __tablename__ = "catalog_rating"
    __table_args__ = (sa.CheckConstraint("stars BETWEEN 1 AND 5", name="stars"),)

    user_id: Mapped[int] = of_person()
    song_id: Mapped[int] = of_music("catalog_song.id")
    stars: Mapped[int]
    rated_at: Mapped[datetime] = mapped_column(default=now)


class FavouriteSong(Model):
    """A song that a listener wants to find again."""

    __tablename__ = "catalog_favourite_song"
    __table_args__ = (sa.Index(None, "user_id", "added_at", "song_id"),)

    user_id: Mapped[int] = of_person()
    song_id: Mapped[int] = of_music("catalog_song.id")
    added_at: Mapped[datetime] = mapped_column(default=now)


class FavouriteAlbum(Model):
    """An album that a listener wants to find again."""

    __tablename__ = "catalog_favourite_album"
    __table_args__ = (sa.Index(None, "user_id", "added_at", "album_id"),)

    user_id: Mapped[int] = of_person()
    album_id: Mapped[int] = of_music("catalog_album.id")
    added_at: Mapped[datetime] = mapped_column(default=now)


class FavouriteArtist(Model):
    """An artist that a listener wants to find again."""

    __tablename__ = "catalog_favourite_artist"
    __table_args__ = (sa.Index(None, "user_id", "added_at", "artist_id"),)

    user_id: Mapped[int] = of_person()
    artist_id: Mapped[int] = of_music("catalog_artist.id")
    added_at: Mapped[datetime] = mapped_column(default=now)


class Follow(Model):
    """That a listener is told of what an artist publishes."""

    __tablename__ = "catalog_follow"
    __table_args__ = (sa.Index(None, "user_id", "since", "artist_id"),)

    user_id: Mapped[int] = of_person()
    artist_id: Mapped[int] = of_music("catalog_artist.id")
    since: Mapped[datetime] = mapped_column(default=now)
