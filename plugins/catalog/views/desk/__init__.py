"""The artist's desk: what somebody has here, and everything that they can do with it."""

from plugins.catalog.views.desk import (
    albums,
    artists,
    deleting,
    home,
    joining,
    lyrics,
    members,
    order,
    publishing,
    sheet,
    songs,
    statistics,
)

__all__ = [
    "albums",
    "artists",
    "deleting",
    "home",
    "joining",
    "lyrics",
    "members",
    "order",
    "publishing",
    "sheet",
    "songs",
    "statistics",
]
