"""Songs, albums and artists that a listener wants to find again, the latest first."""

from typing import Any

import sqlalchemy as sa

from musicapp.database import insert_for, session, writing
from musicapp.paging import Order, Page, page_of
from musicapp.plugins import emit
from plugins.catalog.events import Favourited, Unfavourited
from plugins.catalog.models import Album, Artist, FavouriteAlbum, FavouriteArtist, FavouriteSong, Song
from plugins.catalog.services.artists import is_known_artist
from plugins.catalog.services.marks.known import possible_id, refuse_unknown
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
from plugins.catalog.services.visibility import is_known_to

FAVOURITE_KINDS = ("song", "album", "artist")
KEPT: dict[str, tuple[Any, Any]] = {
    "song": (FavouriteSong, FavouriteSong.song_id),
    "album": (FavouriteAlbum, FavouriteAlbum.album_id),
    "artist": (FavouriteArtist, FavouriteArtist.artist_id),
}
SONGS_ADDED = Order("added", FavouriteSong.added_at, FavouriteSong.song_id, descending=True)
ALBUMS_ADDED = Order("added", FavouriteAlbum.added_at, FavouriteAlbum.album_id, descending=True)
ARTISTS_ADDED = Order("added", FavouriteArtist.added_at, FavouriteArtist.artist_id, descending=True)


def add_favourite(person: Person, kind: str, subject_id: int) -> None:
    """Keep a `song`, an `album` or an `artist` among the favourites of somebody; it is there once."""
    possible_id(kind, subject_id)
    table, column = KEPT[kind]
    with writing():
        refuse_unknown(person, kind, subject_id)
        row = insert_for(table).values({"user_id": person.id, column.key: subject_id})
        if session().scalar(row.on_conflict_do_nothing().returning(table.user_id)) is not None:
            emit(Favourited(kind, subject_id, person.id))


def remove_favourite(person: Person, kind: str, subject_id: int) -> None:
    """Keep it no longer; what nobody may know of any more can still be taken out by whom it was a favourite of."""
    possible_id(kind, subject_id)
    table, column = KEPT[kind]
    with writing():
        gone = sa.delete(table).where(table.user_id == person.id, column == subject_id).returning(table.user_id)
        if session().scalar(gone) is not None:
            emit(Unfavourited(kind, subject_id, person.id))
        else:
            refuse_unknown(person, kind, subject_id)


def favourite_songs(person: Person, *, limit: int = 50, cursor: str | None = None) -> Page[SongRow]:
    """A page of somebody's favourite songs that they may still hear of."""
    kept = sa.select(Song).join(FavouriteSong, FavouriteSong.song_id == Song.id)
    query = kept.where(FavouriteSong.user_id == person.id, is_known_to(person, Song))
    return page_of(song_columns(query, person), SONGS_ADDED, song_row, limit=limit, cursor=cursor)


def favourite_albums(person: Person, *, limit: int = 50, cursor: str | None = None) -> Page[AlbumCard]:
    """A page of somebody's favourite albums that they may still see."""
    kept = sa.select(Album).join(FavouriteAlbum, FavouriteAlbum.album_id == Album.id)
    query = kept.where(FavouriteAlbum.user_id == person.id, is_known_to(person, Album))
    return page_of(album_columns(query), ALBUMS_ADDED, album_card, limit=limit, cursor=cursor)


def favourite_artists(person: Person, *, limit: int = 50, cursor: str | None = None) -> Page[ArtistCard]:
    """A page of somebody's favourite artists of whom something can still be heard."""
    kept = sa.select(Artist).join(FavouriteArtist, FavouriteArtist.artist_id == Artist.id)
    query = kept.where(FavouriteArtist.user_id == person.id, is_known_artist(person))
    return page_of(artist_columns(query), ARTISTS_ADDED, artist_card, limit=limit, cursor=cursor)
