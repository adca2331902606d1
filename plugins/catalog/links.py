"""Addresses of music, and the record of a song that the player gets."""

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import TypedDict

from musicapp.addresses import url_of
from musicapp.security import signed_in
from plugins.catalog.levelling import album_gain_db, song_gain_db
from plugins.catalog.services import AlbumCard, ArtistCard, Marks, SongRow, marks_of, may_listen


class SongLink(TypedDict):
    """What the player needs of a song; `audio_url` is None for who may not hear it.

    `gain_db` and `album_gain_db` level it to −14 LUFS, by itself or with its album; None when nothing was measured.
    `favourite` and `stars` are the listener's own; a visitor has neither.
    """

    id: int
    title: str
    artist: str
    artist_url: str
    album_url: str | None
    url: str
    audio_url: str | None
    cover_url: str | None
    peaks_url: str
    duration_s: float | None
    tint: str
    album: str | None
    gain_db: float | None
    album_gain_db: float | None
    lyrics_url: str | None
    explicit: bool
    favourite: bool
    stars: int | None


def song_link(song: SongRow, *, may_hear: bool, marks: Marks) -> SongLink:
    """The record of one song for the player and for its row."""
    heard = may_hear and song.state == "ready"
    return SongLink(
        id=song.id,
        title=song.title,
        artist=song.artist_name,
        artist_url=url_of("catalog.artist", artist_id=song.artist_id),
        album_url=url_of("catalog.album", album_id=song.album_id) if song.album_id else None,
        url=url_of("catalog.song", song_id=song.id),
        audio_url=url_of("catalog.api.song_audio", song_id=song.id) if heard else None,
        cover_url=song_cover_url(song),
        peaks_url=url_of("catalog.api.song_peaks", song_id=song.id),
        duration_s=song.duration_s,
        tint=song.tint,
        album=song.album_title,
        gain_db=song_gain_db(song.loudness_lufs, song.true_peak_dbtp),
        album_gain_db=album_gain_db(song.album_loudness_lufs),
        lyrics_url=url_of("catalog.api.song_lyrics", song_id=song.id) if song.has_lyrics else None,
        explicit=song.explicit,
        favourite=marks.favourite,
        stars=marks.stars,
    )


def song_links(songs: Iterable[SongRow]) -> list[SongLink]:
    """The records of a list of songs, in its order, with what the listener said of them."""
    listed, person = list(songs), signed_in()
    may_hear, marks = may_listen(person), marks_of(person, [song.id for song in listed])
    return [song_link(song, may_hear=may_hear, marks=marks[song.id]) for song in listed]


def links_of_lists(*lists: Sequence[SongRow]) -> list[list[SongLink]]:
    """The records of several lists of one page, asked for together."""
    links = iter(song_links(chain(*lists)))
    return [list(islice(links, len(songs))) for songs in lists]


# The number behind `v` is the cover's own, so that another cover has another address.
def song_cover_url(song: SongRow, size: int = 300) -> str | None:
    return url_of("catalog.song_cover", song_id=song.id, size=size, v=song.cover_id) if song.has_cover else None


def album_cover_url(album: AlbumCard, size: int = 300) -> str | None:
    return url_of("catalog.album_cover", album_id=album.id, size=size, v=album.cover_id) if album.has_cover else None


def artist_cover_url(artist: ArtistCard, size: int = 300) -> str | None:
    if not artist.has_cover:
        return None
    return url_of("catalog.artist_cover", artist_id=artist.id, size=size, v=artist.cover_id)
