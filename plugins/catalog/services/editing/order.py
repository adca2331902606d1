"""Which songs an album has, and in which order."""

from collections.abc import Sequence

from musicapp.database import session, writing
from musicapp.errors import Forbidden, Invalid
from musicapp.plugins import emit
from plugins.catalog.events import AlbumChanged, SongChanged
from plugins.catalog.models import Album, Song
from plugins.catalog.services.albums import SONGS_LIMIT
from plugins.catalog.services.editing.songs import put_into
from plugins.catalog.services.ownership import album_to_change, song_to_change
from plugins.catalog.services.persons import Person
from plugins.catalog.services.publishing import songs_to_change

CHANGED = "Name every song of the album once; it may have changed meanwhile."
FULL = f"An album has at most {SONGS_LIMIT} songs."


def order_songs(
    person: Person, album_id: int, song_ids: Sequence[int], discs: Sequence[int | None] | None = None
) -> None:
    """Number an album's songs in this order, on each disc from 1.

    `discs` names the disc of each song; without it every song stays on the disc where it is. Raises Invalid unless
    every song is named once.
    """
    with writing():
        album = album_to_change(person, album_id)
        songs = {song.id: song for song in songs_to_change(album)}
        if sorted(song_ids) != sorted(songs) or (discs is not None and len(discs) != len(song_ids)):
            raise Invalid(CHANGED, {"songs": [CHANGED]})
        placed: dict[int | None, int] = {}
        for place, song_id in enumerate(song_ids):
            song = songs[song_id]
            song.disc_no = song.disc_no if discs is None else discs[place]
            song.track_no = placed[song.disc_no] = placed.get(song.disc_no, 0) + 1
        emit(AlbumChanged(album.id, album.artist_id))


def add_songs(person: Person, album_id: int, song_ids: Sequence[int]) -> list[Song]:
    """Put songs of the same artist at the end of an album, on its last disc."""
    with writing():
        album = album_to_change(person, album_id)
        there = songs_to_change(album)
        added = [song for song in songs_by_id(person, song_ids) if song.album_id != album.id]
        if len(there) + len(added) > SONGS_LIMIT:
            raise Invalid(FULL, {"songs": [FULL]})
        disc = max((song.disc_no for song in there if song.disc_no), default=None)
        last = max((song.track_no or 0 for song in there if song.disc_no == disc), default=0)
        for track_no, song in enumerate(added, start=last + 1):
            if song.artist_id != album.artist_id:
                raise Forbidden(f"“{song.title}” is another artist's.")
            put_into(person, song, session().get(Album, song.album_id) if song.album_id else None, album)
            song.track_no, song.disc_no = track_no, disc
            emit(SongChanged(song.id, song.artist_id))
        emit(AlbumChanged(album.id, album.artist_id))
    return added


def songs_by_id(person: Person, song_ids: Sequence[int]) -> list[Song]:
    """Songs to change in the order in which they are named, locked in that of their ids."""
    songs = {song_id: song_to_change(person, song_id) for song_id in sorted(set(song_ids))}
    return [songs[song_id] for song_id in dict.fromkeys(song_ids)]


def take_song_out(person: Person, album_id: int, song_id: int) -> Song:
    """Take a song out of an album; it stays as it is otherwise, and closes no gap in the numbers."""
    with writing():
        album = album_to_change(person, album_id)
        song = song_to_change(person, song_id)
        if song.album_id != album.id:
            raise Invalid("This song is not in the album any more.")
        put_into(person, song, album, None)
        song.track_no = song.disc_no = None
        emit(SongChanged(song.id, song.artist_id))
        emit(AlbumChanged(album.id, album.artist_id))
    return song
