"""Editing: what artists say about their songs, albums and themselves. Only what is given is changed."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

import sqlalchemy as sa

from musicapp.database import session, writing
from musicapp.errors import Invalid
from musicapp.plugins import emit
from plugins.catalog.events import AlbumChanged, SongChanged
from plugins.catalog.models import Album, Artist, Song, fold
from plugins.catalog.services.artists import artist_to_publish_as
from plugins.catalog.services.genres import genre_named
from plugins.catalog.services.ownership import album_to_change, artist_to_change, song_to_change
from plugins.catalog.services.persons import Person
from plugins.catalog.services.publishing import songs_to_change
from plugins.catalog.services.uploads import Wishes, album_titled
from plugins.catalog.services.words import line_of, number_of, text_of, title_of

YEARS = (1000, 2999)


class SongChanges(TypedDict, total=False):
    """What may be changed of a song; `album` is a title of the same artist's, made when new, "" for none."""

    title: str
    album: str
    genre: str
    track_no: int | None
    disc_no: int | None
    year: int | None
    lyrics: str
    licence: str
    explicit: bool


class AlbumChanges(TypedDict, total=False):
    """What may be changed of an album."""

    title: str
    genre: str
    year: int | None
    released_on: date | None
    description: str


class ArtistChanges(TypedDict, total=False):
    """What may be changed of an artist."""

    name: str
    bio: str


def change_song(person: Person, song_id: int, changes: SongChanges) -> Song:
    """Change what is said about a song."""
    with writing():
        song = song_to_change(person, song_id)
        if "title" in changes:
            song.title = title_of(changes["title"])
            song.title_key = fold(song.title)
        if "album" in changes:
            move_to_album(song, line_of(changes["album"], 200))
        if "genre" in changes:
            song.genre_id = genre_named(changes["genre"])
        if "track_no" in changes:
            song.track_no = number_of(changes["track_no"], "track_no", 1, 9999)
        if "disc_no" in changes:
            song.disc_no = number_of(changes["disc_no"], "disc_no", 1, 999)
        if "year" in changes:
            song.year = number_of(changes["year"], "year", *YEARS)
        if "lyrics" in changes:
            song.lyrics = text_of(changes["lyrics"], 20_000)
        if "licence" in changes:
            song.licence = line_of(changes["licence"], 200)
        song.explicit = changes.get("explicit", song.explicit)
        emit(SongChanged(song.id, song.artist_id))
    return song


def move_to_album(song: Song, title: str) -> None:
    """Put a song into its artist's album of this title, or into none; it keeps showing the cover that it had."""
    session().execute(sa.select(Artist.id).where(Artist.id == song.artist_id).with_for_update(key_share=True))
    before = session().get(Album, song.album_id) if song.album_id is not None else None
    if before is not None and title and before.title_key == fold(title):
        return
    after = album_titled(song.artist_id, Wishes(album=title)) if title else None
    if before is not None and song.cover_id is None and (after is None or after.cover_id is None):
        song.cover_id, song.tint = before.cover_id, before.tint
    song.album_id = after.id if after else None


def create_album(person: Person, changes: AlbumChanges, artist_id: int | None = None) -> Album:
    """Make a draft of an album without songs."""
    artist_id = artist_to_publish_as(person, artist_id)
    title = title_of(changes.get("title"))
    with writing():
        album = Album(artist_id=artist_id, title=title, title_key=fold(title))
        session().add(album)
        apply(album, changes)
    return album


def change_album(person: Person, album_id: int, changes: AlbumChanges) -> Album:
    """Change what is said about an album."""
    with writing():
        album = album_to_change(person, album_id)
        apply(album, changes)
        emit(AlbumChanged(album.id, album.artist_id))
    return album


def apply(album: Album, changes: AlbumChanges) -> None:
    if "title" in changes:
        album.title = title_of(changes["title"])
        album.title_key = fold(album.title)
    if "genre" in changes:
        album.genre_id = genre_named(changes["genre"])
    if "year" in changes:
        album.year = number_of(changes["year"], "year", *YEARS)
    if "released_on" in changes:
        album.released_on = changes["released_on"]
    if "description" in changes:
        album.description = text_of(changes["description"], 10_000)


def order_songs(person: Person, album_id: int, song_ids: Sequence[int]) -> None:
    """Number an album's songs in this order; raises Invalid unless every one of them is named once."""
    with writing():
        album = album_to_change(person, album_id)
        songs = {song.id: song for song in songs_to_change(album)}
        if sorted(song_ids) != sorted(songs):
            sentence = "Name every song of the album once; it may have changed meanwhile."
            raise Invalid(sentence, {"songs": [sentence]})
        for place, song_id in enumerate(song_ids, start=1):
            songs[song_id].track_no = place
            songs[song_id].disc_no = None
        emit(AlbumChanged(album.id, album.artist_id))


def change_artist(person: Person, artist_id: int, changes: ArtistChanges) -> Artist:
    """Change what is said about an artist."""
    with writing():
        artist = artist_to_change(person, artist_id)
        if "name" in changes:
            artist.name = title_of(changes["name"], 120)
            artist.name_key = fold(artist.name)
        if "bio" in changes:
            artist.bio = text_of(changes["bio"], 5_000)
    return artist
