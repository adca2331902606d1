"""The pages of playlists, and their places on other pages."""

from plugins.playlists.views import (
    adding,
    changes,
    entries,
    exchange,
    library,
    making,
    people,
    places,
    playlists,
    rules,
)

__all__ = [
    "adding",
    "changes",
    "entries",
    "exchange",
    "library",
    "making",
    "people",
    "places",
    "playlists",
    "rules",
]
