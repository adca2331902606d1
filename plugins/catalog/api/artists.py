"""Artists in the API."""

from flask import Response

from musicapp.api import PageQuery, answer, listing
from musicapp.paging import Page
from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.api.shapes import artist_detail_shape, artist_shape


@plugin.api.get("/artists", permission="listen", query=PageQuery)
def artists(query: PageQuery) -> Response:
    """Artists of whom something can be heard, by name."""
    page = services.list_artists(signed_in(), limit=query.limit, cursor=query.cursor)
    return listing(Page([artist_shape(artist) for artist in page.rows], page.next))


@plugin.api.get("/artists/<int:artist_id>", permission="listen")
def one_artist(artist_id: int) -> Response:
    """One artist with releases and popular songs."""
    return answer(artist_detail_shape(services.artist_detail(signed_in(), artist_id)))
