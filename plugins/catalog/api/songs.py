"""Songs in the API."""

from functools import partial

from flask import Response

from musicapp.api import answer, listing
from musicapp.paging import Page
from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.api.asked import person_who_asks, staff_who_asks
from plugins.catalog.api.kept_lists import kept_list
from plugins.catalog.api.marking import marked_song, put_marks
from plugins.catalog.api.queries import SongsQuery
from plugins.catalog.api.shapes import Shape, own_song_shape, song_detail_shape, song_shape


@plugin.api.get("/songs", permission="listen", query=SongsQuery)
@plugin.api.get(
    "/all_song", endpoint="all_song", defaults={"scope": "all"}, permission="catalog.see_all", query=SongsQuery
)
@plugin.api.get("/song", endpoint="song", defaults={"scope": "mine"}, permission="catalog.publish", query=SongsQuery)
def songs(query: SongsQuery, scope: str | None = None) -> Response:
    """Songs: what can be heard, an artist's own, or everything for staff."""
    paging = {"limit": query.limit, "cursor": query.cursor}
    match scope or query.scope:
        case "mine":
            page = services.own_songs(person_who_asks(), **paging)  # type: ignore[arg-type]
        case "all":
            page = services.all_songs(staff_who_asks(), **paging)  # type: ignore[arg-type]
        case _:
            return kept_list("songs", query, partial(songs_for_all, query), lambda songs: put_marks(songs=songs))
    shapes = [own_song_shape(song) for song in page.rows]
    put_marks(shapes)
    return listing(Page(shapes, page.next))


def songs_for_all(query: SongsQuery) -> Page[Shape]:
    """What can be heard."""
    page = services.list_songs(
        signed_in(),
        sort=query.sort,
        hide_explicit=not query.explicit,
        limit=query.limit,
        cursor=query.cursor,
        **query.narrowing(),
    )
    return Page([song_shape(song) for song in page.rows], page.next)


@plugin.api.get("/songs/<int:song_id>", permission="listen")
def one_song(song_id: int) -> Response:
    """One song with its words."""
    return answer(marked_song(song_detail_shape(services.song_detail(signed_in(), song_id))))
