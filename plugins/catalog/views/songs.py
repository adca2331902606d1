"""Songs: the list of all, and one by itself."""

from flask import render_template

from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.ears import greet_visitor
from plugins.catalog.links import song_link, song_links
from plugins.catalog.views.asked import ROWS, cursor_asked, next_url, sort_asked

SORTS = {"newest": "Newest", "popular": "Most played", "title": "A to Z"}


@plugin.get("/songs", permission="listen")
def songs() -> str:
    """All songs that can be heard."""
    greet_visitor()
    sort = sort_asked(SORTS, "newest")
    page = services.list_songs(signed_in(), sort=sort, limit=ROWS, cursor=cursor_asked())
    more = next_url(page, sort=sort)
    return render_template(
        "catalog/songs.html", songs=page.rows, links=song_links(page.rows), sorts=SORTS, sort=sort, more=more
    )


@plugin.get("/songs/<int:song_id>", permission="listen")
def song(song_id: int) -> str:
    """One song: its waveform, words and facts."""
    greet_visitor()
    person = signed_in()
    detail = services.song_detail(person, song_id)
    others = services.list_songs(person, sort="popular", artist_id=detail.row.artist_id, limit=6).rows
    others = [other for other in others if other.id != song_id][:5]
    return render_template(
        "catalog/song.html",
        song=detail.row,
        link=song_link(detail.row),
        lyrics=detail.lyrics,
        theirs=detail.theirs,
        others=others,
        other_links=song_links(others),
    )
