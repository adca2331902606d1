"""The pages of music."""

from plugins.catalog.views import albums, artists, covers, desk, genres, lists, songs, upload

__all__ = ["albums", "artists", "covers", "desk", "genres", "lists", "songs", "upload"]
