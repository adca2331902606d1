"""The JSON API of music: the services in other clothes."""

from plugins.catalog.api import (
    album_changes,
    albums,
    artist_changes,
    artists,
    genres,
    lyrics,
    player,
    pieces,
    plays,
    search,
    song_changes,
    songs,
    sound,
    uploads,
)

__all__ = [
    "album_changes",
    "albums",
    "artist_changes",
    "artists",
    "genres",
    "lyrics",
    "player",
    "pieces",
    "plays",
    "search",
    "song_changes",
    "songs",
    "sound",
    "uploads",
]
