"""The JSON API of playlists: the services in other clothes."""

from plugins.playlists.api import (
    changes,
    collaborators,
    comments,
    covers,
    entries,
    exchange,
    following,
    invitations,
    playlists,
)

__all__ = [
    "changes",
    "collaborators",
    "comments",
    "covers",
    "entries",
    "exchange",
    "following",
    "invitations",
    "playlists",
]
