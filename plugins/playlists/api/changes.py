"""The history of playlists in the API."""

from flask import Response

from musicapp.api import PageQuery, listing
from musicapp.paging import Page
from plugins.playlists import plugin, services
from plugins.playlists.api.asked import person_who_asks
from plugins.playlists.api.shapes import change_shape


@plugin.api.get("/playlists/<int:playlist_id>/changes", permission="member", query=PageQuery)
def changes(playlist_id: int, query: PageQuery) -> Response:
    """Who changed what of a playlist, the latest first; for who keeps it together."""
    page = services.changes_of(person_who_asks(), playlist_id, limit=query.limit, cursor=query.cursor)
    return listing(Page([change_shape(change) for change in page.rows], page.next))
