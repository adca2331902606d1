"""Music as the API writes it, before `marking` puts on it what its reader said of it."""

from musicapp.security import may
from plugins.catalog.links import album_cover_url, artist_cover_url
from plugins.catalog.services import (
    AlbumCard,
    AlbumDetail,
    ArtistCard,
    ArtistDetail,
    GenreCard,
    SongDetail,
    SongRow,
    YearCard,
)
from plugins.catalog.services.records import Shape, song_shape

__all__ = [
    "Shape",
    "album_detail_shape",
    "album_shape",
    "artist_detail_shape",
    "artist_shape",
    "genre_shape",
    "own_album_shape",
    "own_song_shape",
    "song_detail_shape",
    "song_shape",
    "year_shape",
]


def knows_flag(theirs: bool) -> bool:
    """Whether who asks may know that moderators hide something: whose it is, and the staff."""
    return theirs or may("catalog.see_all")


def own_song_shape(song: SongRow) -> Shape:
    """A song as its artist and the staff see it."""
    return song_shape(song, flagged=True)


def song_detail_shape(song: SongDetail) -> Shape:
    """A song by itself, with its words, who made it, and what its file is."""
    return {
        **song_shape(song.row, flagged=knows_flag(song.theirs)),
        "lyrics": song.lyrics,
        "description": song.description,
        "credits": song.credits,
        "released_on": song.released_on.isoformat() if song.released_on else None,
        "album_loudness_lufs": song.row.album_loudness_lufs,
        "mime": song.row.audio_mime,
        "bitrate_kbps": song.bitrate_kbps,
        "sample_rate_hz": song.sample_rate_hz,
        "channels": song.channels,
        "version": song.version,
    }


def album_shape(album: AlbumCard, *, flagged: bool = False) -> Shape:
    """An album in a list."""
    shape = {
        "id": album.id,
        "title": album.title,
        "kind": album.kind,
        "artist": {"id": album.artist_id, "name": album.artist_name},
        "genre": {"id": album.genre_id, "name": album.genre_name} if album.genre_id else None,
        "year": album.year,
        "released_on": album.released_on.isoformat() if album.released_on else None,
        "description": album.description,
        "cover_url": album_cover_url(album),
        "songs_count": album.songs_count,
        "duration_s": round(album.duration_s, 3),
        "favourite": False,
        "plays": album.plays,
        "published_at": album.published_at.isoformat() if album.published_at else None,
    }
    return {**shape, "flagged": album.hidden} if flagged else shape


def own_album_shape(album: AlbumCard) -> Shape:
    """An album as its artist and the staff see it."""
    return album_shape(album, flagged=True)


def album_detail_shape(album: AlbumDetail) -> Shape:
    """An album with its songs in order."""
    flagged = knows_flag(album.theirs)
    songs = [song_shape(song, flagged=flagged) for song in album.songs]
    whole = album_shape(album.card, flagged=flagged)
    return {**whole, "credits": album.credits, "version": album.version, "songs": songs}


def artist_shape(artist: ArtistCard) -> Shape:
    """An artist in a list."""
    return {
        "id": artist.id,
        "name": artist.name,
        "bio": artist.bio,
        "cover_url": artist_cover_url(artist),
        "songs_count": artist.songs_count,
        "albums_count": artist.albums_count,
        "links": artist.links,
        "favourite": False,
        "following": False,
        "plays": artist.plays,
    }


def artist_detail_shape(artist: ArtistDetail) -> Shape:
    """An artist with releases and popular songs."""
    return {
        **artist_shape(artist.card),
        "popular_songs": [song_shape(song) for song in artist.popular],
        "albums": [album_shape(album) for album in artist.albums],
        "singles": [song_shape(song) for song in artist.singles],
    }


def genre_shape(genre: GenreCard) -> Shape:
    """A genre."""
    return {"id": genre.id, "name": genre.name, "songs_count": genre.songs_count}


def year_shape(year: YearCard) -> Shape:
    """A year."""
    return {"year": year.year, "songs_count": year.songs_count, "albums_count": year.albums_count}
