"""Following the playlists of others in the API."""

from flask import Response

from musicapp.api import answer
from plugins.playlists import plugin, services
from plugins.playlists.api.asked import person_who_asks


@plugin.api.put("/playlists/<int:playlist_id>/follow", permission="member")
def follow(playlist_id: int) -> Response:
    """Keep another's public playlist among mine, and be told when it grows."""
    services.follow_playlist(person_who_asks(), playlist_id)
    return answer({"followed": True}, "You follow this playlist.")


@plugin.api.delete("/playlists/<int:playlist_id>/follow", permission="member")
def unfollow(playlist_id: int) -> Response:
    """Follow a playlist no longer."""
    services.unfollow_playlist(person_who_asks(), playlist_id)
    return answer({"followed": False}, "You do not follow this playlist any more.")
