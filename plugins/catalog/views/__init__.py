"""The pages of music."""

from plugins.catalog.views import (
    albums,
    artists,
    commenting,
    comments,
    covers,
    desk,
    feeds,
    genres,
    history,
    lists,
    mixes,
    sharing,
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
    "feeds",
    "genres",
    "history",
    "lists",
    "mixes",
    "sharing",
    "songs",
    "statistics",
    "upload",
]
