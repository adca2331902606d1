"""Lists of music: each in several orders, narrowed by what the address says, and paged without end."""

from plugins.catalog.views.lists import albums, artists, discover, genres, songs, years

__all__ = ["albums", "artists", "discover", "genres", "songs", "years"]
