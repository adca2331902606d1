"""The JSON API of music: the services in other clothes."""

from plugins.catalog.api import albums, artists, genres, plays, search, songs, sound

__all__ = ["albums", "artists", "genres", "plays", "search", "songs", "sound"]
