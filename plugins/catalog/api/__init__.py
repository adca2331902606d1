"""The JSON API of music: the services in other clothes."""

from plugins.catalog.api import (
    album_changes,
    albums,
    artist_changes,
    artists,
    genres,
    lyrics,
    membership,
    pieces,
    player,
    plays,
    search,
    song_changes,
    songs,
    sound,
    uploads,
    years,
)

__all__ = [
    "album_changes",
    "albums",
    "artist_changes",
    "artists",
    "genres",
    "lyrics",
    "membership",
    "pieces",
    "player",
    "plays",
    "search",
    "song_changes",
    "songs",
    "sound",
    "uploads",
    "years",
]
