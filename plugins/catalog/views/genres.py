"""Genres: all of them, and the music of one."""

from flask import render_template

from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.ears import greet_visitor
from plugins.catalog.links import song_links
from plugins.catalog.views.asked import ROWS, cursor_asked, next_url

ALBUMS = 10


@plugin.get("/genres", permission="listen")
def genres() -> str:
    """All genres of which something can be heard."""
    shown = [genre for genre in services.list_genres(signed_in()) if genre.songs_count]
    return render_template("catalog/genres.html", genres=shown)


@plugin.get("/genres/<int:genre_id>", permission="listen")
def genre(genre_id: int) -> str:
    """The newest albums and the songs of a genre, the most played first."""
    greet_visitor()
    person, cursor = signed_in(), cursor_asked()
    shown = services.genre_of(person, genre_id)
    page = services.list_songs(person, sort="popular", genre_id=genre_id, limit=ROWS, cursor=cursor)
    return render_template(
        "catalog/genre.html",
        genre=shown,
        albums=[] if cursor else services.list_albums(person, genre_id=genre_id, limit=ALBUMS).rows,
        songs=page.rows,
        links=song_links(page.rows),
        more=next_url(page),
    )
