"""The record of a song that the player gets, and from which its row is made."""

from collections.abc import Iterable
from typing import TypedDict

from musicapp.addresses import url_of
from plugins.catalog.levelling import album_gain_db, song_gain_db
from plugins.catalog.services.marks import Marked, Marks, marked_by
from plugins.catalog.services.persons import Person, may_listen
from plugins.catalog.services.records.addresses import song_cover_url
from plugins.catalog.services.rows import SongRow


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
    # Who may only look meets what is not public by a secret link alone, and such a link lets them hear it.
    heard = (may_hear or not song.published) and song.state == "ready"
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


def song_links(person: Person | None, songs: Iterable[SongRow], marked: Marked | None = None) -> list[SongLink]:
    """The records of a list of songs for a listener, in its order, with what they said of them.

    That costs one statement, where it is not `marked` already.
    """
    listed, may_hear = list(songs), may_listen(person)
    if marked is None:
        marked = marked_by(person, song_ids=[song.id for song in listed])
    return [song_link(song, may_hear=may_hear, marks=marked.of_song(song.id)) for song in listed]
