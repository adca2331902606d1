"""A genre by itself."""

from flask import render_template

from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.ears import greet_visitor
from plugins.catalog.links import song_links

SONGS = 10
SHELF = 10
STRIP = 5


@plugin.get("/genres/<int:genre_id>", permission="listen")
def genre(genre_id: int) -> str:
    """A genre: its most played songs, its newest albums, and who makes it."""
    greet_visitor()
    person = signed_in()
    shown = services.genre_of(person, genre_id)
    songs = services.list_songs(person, sort="popular", genre_id=genre_id, limit=SONGS).rows
    return render_template(
        "catalog/genre.html",
        genre=shown,
        albums=services.list_albums(person, genre_id=genre_id, limit=SHELF).rows,
        artists=services.list_artists(person, sort="popular", genre_id=genre_id, limit=STRIP).rows,
        songs=songs,
        links=song_links(songs),
    )
