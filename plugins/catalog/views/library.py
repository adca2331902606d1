"""What a listener keeps: their favourites, and the artists that they follow."""

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.api import answer
from musicapp.paging import MOST
from plugins.catalog import plugin, services
from plugins.catalog.links import song_links
from plugins.catalog.views.asked import CARDS, ROWS, cursor_asked, next_url, person_here

KINDS = {"song": "Songs", "album": "Albums", "artist": "Artists"}


@plugin.get("/library", permission="member")
def library() -> ResponseReturnValue:
    """The library opens with the favourites."""
    return redirect(url_for(".favourites"))


@plugin.get("/library/favourites", permission="member")
def favourites() -> str:
    """The favourite songs, albums or artists of who asks, the latest first."""
    person, cursor = person_here(), cursor_asked()
    kind = request.args.get("kind", "song")
    if kind == "album":
        albums = services.favourite_albums(person, limit=CARDS, cursor=cursor)
        return favourites_page(kind, albums=albums.rows, more=next_url(albums, kind=kind))
    if kind == "artist":
        artists = services.favourite_artists(person, limit=CARDS, cursor=cursor)
        return favourites_page(kind, artists=artists.rows, more=next_url(artists, kind=kind))
    songs = services.favourite_songs(person, limit=ROWS, cursor=cursor)
    return favourites_page("song", songs=songs.rows, links=song_links(songs.rows), more=next_url(songs))


def favourites_page(kind: str, **found: object) -> str:
    chips = [(words, url_for(".favourites", kind=name), name == kind, None) for name, words in KINDS.items()]
    return render_template("catalog/favourites.html", kind=kind, chips=chips, **found)


@plugin.get("/library/favourites/queue", permission="member")
def favourites_queue() -> Response:
    """The favourite songs as the player takes them, at most 500."""
    return answer({"songs": song_links(services.favourite_songs(person_here(), limit=MOST).rows)})


@plugin.get("/library/following", permission="member")
def following() -> str:
    """The artists that who asks follows, the latest first."""
    page = services.followed_artists(person_here(), limit=CARDS, cursor=cursor_asked())
    return render_template("catalog/following.html", artists=page.rows, more=next_url(page))
