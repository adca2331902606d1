"""The pages of music."""

from plugins.catalog.views import albums, artists, covers, editing, genres, lists, songs, studio, upload

__all__ = ["albums", "artists", "covers", "editing", "genres", "lists", "songs", "studio", "upload"]
