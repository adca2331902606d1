"""All published albums."""

from flask import render_template

from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.views.asked import CARDS, cursor_asked, next_url, sort_asked
from plugins.catalog.views.lists.filters import chips, filters_asked

SORTS = {"newest": "Newest", "popular": "Most played", "title": "A to Z", "year": "By year", "random": "At random"}
KINDS = {"album": "Albums", "ep": "EPs", "single": "Singles", "live": "Live", "compilation": "Compilations"}


@plugin.get("/albums", permission="listen")
def albums() -> str:
    """All published albums, in an order and narrowed as the address says."""
    person = signed_in()
    sort, filters = sort_asked(SORTS, "newest"), filters_asked(tuple(KINDS))
    page = services.list_albums(
        person, sort=sort, kind=filters.kind, limit=CARDS, cursor=cursor_asked(), **filters.narrowing()
    )
    genres = services.list_genres(person)
    artist = page.rows[0].artist_name if page.rows else ""
    return render_template(
        "catalog/albums.html",
        albums=page.rows,
        sorts=SORTS,
        sort=sort,
        kinds=KINDS,
        filters=filters,
        chips=chips(filters, sort, genres, artist=artist, kinds=KINDS),
        genres=genres,
        more=next_url(page, sort=sort, **filters.in_address()),
    )
