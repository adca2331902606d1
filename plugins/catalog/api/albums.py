"""Albums in the API."""

from functools import partial

from flask import Response

from musicapp.api import answer, listing
from musicapp.paging import Page
from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.api.asked import person_who_asks, staff_who_asks
from plugins.catalog.api.kept_lists import kept_list
from plugins.catalog.api.marking import marked_album, put_marks
from plugins.catalog.api.queries import AlbumsQuery
from plugins.catalog.api.shapes import Shape, album_detail_shape, album_shape, own_album_shape


@plugin.api.get("/albums", permission="listen", query=AlbumsQuery)
@plugin.api.get(
    "/all_album", endpoint="all_album", defaults={"scope": "all"}, permission="catalog.see_all", query=AlbumsQuery
)
@plugin.api.get("/album", endpoint="album", defaults={"scope": "mine"}, permission="catalog.publish", query=AlbumsQuery)
def albums(query: AlbumsQuery, scope: str | None = None) -> Response:
    """Albums: what is published, an artist's own, or everything for staff."""
    match scope or query.scope:
        case "mine":
            page = services.own_albums(person_who_asks(), limit=query.limit, cursor=query.cursor)
        case "all":
            page = services.all_albums(staff_who_asks(), limit=query.limit, cursor=query.cursor)
        case _:
            return kept_list("albums", query, partial(albums_for_all, query), lambda albums: put_marks(albums=albums))
    shapes = [own_album_shape(album) for album in page.rows]
    put_marks(albums=shapes)
    return listing(Page(shapes, page.next))


def albums_for_all(query: AlbumsQuery) -> Page[Shape]:
    """What is published."""
    page = services.list_albums(
        signed_in(), sort=query.sort, kind=query.kind, limit=query.limit, cursor=query.cursor, **query.narrowing()
    )
    return Page([album_shape(album) for album in page.rows], page.next)


@plugin.api.get("/albums/<int:album_id>", permission="listen")
def one_album(album_id: int) -> Response:
    """One album with its songs in order."""
    return answer(marked_album(album_detail_shape(services.album_detail(signed_in(), album_id))))
