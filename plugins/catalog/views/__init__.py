"""The pages of music."""

from plugins.catalog.views import (
    albums,
    artists,
    commenting,
    comments,
    covers,
    desk,
    genres,
    history,
    lists,
    mixes,
    songs,
    statistics,
    upload,
)

__all__ = [
    "albums",
    "artists",
    "commenting",
    "comments",
    "covers",
    "desk",
    "genres",
    "history",
    "lists",
    "mixes",
    "songs",
    "statistics",
    "upload",
]
