"""Addresses of the pictures of music."""

from musicapp.addresses import url_of
from plugins.catalog.services.rows import AlbumCard, ArtistCard, SongRow


# The number behind `v` is the cover's own, so that another cover has another address.
def song_cover_url(song: SongRow, size: int = 300) -> str | None:
    return url_of("catalog.song_cover", song_id=song.id, size=size, v=song.cover_id) if song.cover_id else None


def album_cover_url(album: AlbumCard, size: int = 300) -> str | None:
    return url_of("catalog.album_cover", album_id=album.id, size=size, v=album.cover_id) if album.cover_id else None


def artist_cover_url(artist: ArtistCard, size: int = 300) -> str | None:
    if not artist.cover_id:
        return None
    return url_of("catalog.artist_cover", artist_id=artist.id, size=size, v=artist.cover_id)
