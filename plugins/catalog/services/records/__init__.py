"""Songs as players and programs get them: plain records with their addresses."""

from plugins.catalog.services.records.addresses import album_cover_url, artist_cover_url, song_cover_url
from plugins.catalog.services.records.links import SongLink, song_links
from plugins.catalog.services.records.shapes import Shape, song_shape, song_shapes

__all__ = [
    "Shape",
    "SongLink",
    "album_cover_url",
    "artist_cover_url",
    "song_cover_url",
    "song_links",
    "song_shape",
    "song_shapes",
]
