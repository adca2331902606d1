"""Albums: the list of all, one by itself, and its songs for the player."""

from flask import Response, render_template

from musicapp.api import answer
from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.ears import greet_visitor
from plugins.catalog.links import song_links
from plugins.catalog.views.asked import cursor_asked, next_url, sort_asked

SORTS = {"newest": "Newest", "title": "A to Z"}
CARDS = 60


@plugin.get("/albums", permission="listen")
def albums() -> str:
    """All published albums."""
    sort = sort_asked(SORTS, "newest")
    page = services.list_albums(signed_in(), sort=sort, limit=CARDS, cursor=cursor_asked())
    more = next_url(page, sort=sort)
    return render_template("catalog/albums.html", albums=page.rows, sorts=SORTS, sort=sort, more=more)


@plugin.get("/albums/<int:album_id>", permission="listen")
def album(album_id: int) -> str:
    """One album with its songs in order."""
    greet_visitor()
    person = signed_in()
    detail = services.album_detail(person, album_id)
    return render_template(
        "catalog/album.html",
        album=detail.card,
        theirs=detail.theirs,
        songs=detail.songs,
        links=song_links(detail.songs),
        others=services.more_by(person, detail.card),
    )


@plugin.get("/albums/<int:album_id>/queue", permission="listen")
def album_queue(album_id: int) -> Response:
    """The songs of an album as the player takes them."""
    greet_visitor()
    return answer({"songs": song_links(services.album_detail(signed_in(), album_id).songs)})
