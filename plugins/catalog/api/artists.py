"""Artists in the API."""

from functools import partial

from flask import Response

from musicapp.api import answer
from musicapp.paging import Page
from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.api.kept_lists import kept_list
from plugins.catalog.api.marking import marked_artist, put_marks
from plugins.catalog.api.queries import ArtistsQuery
from plugins.catalog.api.shapes import Shape, artist_detail_shape, artist_shape


@plugin.api.get("/artists", permission="listen", query=ArtistsQuery)
def artists(query: ArtistsQuery) -> Response:
    """Artists of whom something can be heard."""
    return kept_list("artists", query, partial(artists_for_all, query), lambda artists: put_marks(artists=artists))


def artists_for_all(query: ArtistsQuery) -> Page[Shape]:
    page = services.list_artists(
        signed_in(), sort=query.sort, genre_id=query.genre, limit=query.limit, cursor=query.cursor
    )
    return Page([artist_shape(artist) for artist in page.rows], page.next)


@plugin.api.get("/artists/<int:artist_id>", permission="listen")
def one_artist(artist_id: int) -> Response:
    """One artist with releases and popular songs."""
    return answer(marked_artist(artist_detail_shape(services.artist_detail(signed_in(), artist_id))))
