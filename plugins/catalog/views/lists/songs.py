"""All songs that can be heard."""

from flask import render_template

from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.ears import greet_visitor
from plugins.catalog.links import song_links
from plugins.catalog.views.asked import ROWS, cursor_asked, next_url, sort_asked
from plugins.catalog.views.lists.filters import chips, filters_asked

SORTS = {"newest": "Newest", "popular": "Most played", "title": "A to Z", "year": "By year", "random": "At random"}


@plugin.get("/songs", permission="listen")
def songs() -> str:
    """All songs that can be heard, in an order and narrowed as the address says."""
    greet_visitor()
    person = signed_in()
    sort, filters = sort_asked(SORTS, "newest"), filters_asked()
    page = services.list_songs(
        person,
        sort=sort,
        hide_explicit=filters.clean,
        limit=ROWS,
        cursor=cursor_asked(),
        **filters.narrowing(),
    )
    genres = services.list_genres(person)
    artist = page.rows[0].artist_name if page.rows else ""
    return render_template(
        "catalog/songs.html",
        songs=page.rows,
        links=song_links(page.rows),
        sorts=SORTS,
        sort=sort,
        filters=filters,
        chips=chips(filters, sort, genres, artist=artist),
        genres=genres,
        more=next_url(page, sort=sort, **filters.in_address()),
    )
