"""All artists of whom something can be heard."""

from flask import render_template

from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.views.asked import CARDS, cursor_asked, next_url, sort_asked
from plugins.catalog.views.lists.filters import Filters, chips, filters_asked

SORTS = {"name": "A to Z", "popular": "Most played", "newest": "Newest", "random": "At random"}


@plugin.get("/artists", permission="listen")
def artists() -> str:
    """All artists of whom something can be heard, in an order and perhaps of one genre."""
    person = signed_in()
    sort, filters = sort_asked(SORTS, "name"), Filters(genre=filters_asked().genre)
    page = services.list_artists(person, sort=sort, genre_id=filters.genre, limit=CARDS, cursor=cursor_asked())
    genres = services.list_genres(person)
    return render_template(
        "catalog/artists.html",
        artists=page.rows,
        sorts=SORTS,
        sort=sort,
        filters=filters,
        chips=chips(filters, sort, genres),
        genres=genres,
        more=next_url(page, sort=sort, **filters.in_address()),
    )
