"""A song as the API writes it, here and in the plugins that keep lists of songs."""

from collections.abc import Iterable
from typing import Any

from musicapp.addresses import url_of
from plugins.catalog.services.marks import NO_MARKS, Marks, marks_of
from plugins.catalog.services.persons import Person
from plugins.catalog.services.records.addresses import song_cover_url
from plugins.catalog.services.rows import SongRow

Shape = dict[str, Any]


def song_shapes(person: Person | None, songs: Iterable[SongRow]) -> list[Shape]:
    """Songs in the order given, with what their reader said of them, in one statement."""
    listed = list(songs)
    marks = marks_of(person, [song.id for song in listed])
    return [song_shape(song, marks[song.id]) for song in listed]


def song_shape(song: SongRow, marks: Marks = NO_MARKS, *, flagged: bool = False) -> Shape:
    """A song in a list; `marks` are its reader's, `flagged` adds what only its artist and the staff may know."""
    shape = {
        "id": song.id,
        "state": song.state,
        "problem": song.problem,
        "title": song.title,
        "artist": {"id": song.artist_id, "name": song.artist_name},
        "album": {"id": song.album_id, "title": song.album_title} if song.album_id else None,
        "genre": {"id": song.genre_id, "name": song.genre_name} if song.genre_id else None,
        "disc_no": song.disc_no,
        "track_no": song.track_no,
        "year": song.year,
        "duration_s": song.duration_s,
        "licence": song.licence,
        "explicit": song.explicit,
        "has_lyrics": song.has_lyrics,
        "loudness_lufs": song.loudness_lufs,
        "true_peak_dbtp": song.true_peak_dbtp,
        "audio_url": url_of("catalog.api.song_audio", song_id=song.id),
        "cover_url": song_cover_url(song),
        "peaks_url": url_of("catalog.api.song_peaks", song_id=song.id),
        "rating": {"average": song.average_stars, "count": song.ratings_count, "mine": marks.stars},
        "favourite": marks.favourite,
        "plays": song.plays,
        "published_at": song.published_at.isoformat() if song.published_at else None,
        "created_at": song.created_at.isoformat(),
    }
    return {**shape, "flagged": song.hidden} if flagged else shape
