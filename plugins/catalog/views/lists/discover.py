"""Ways into the music for who looks for nothing in particular: at a glance, new, popular, by chance."""

from flask import render_template

from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.ears import greet_visitor
from plugins.catalog.links import song_links
from plugins.catalog.views.asked import ROWS, cursor_asked, next_url

SHELF = 10
STRIP = 5
GENRES = 12
CHANCES = 30


@plugin.get("/browse", permission="listen")
def browse() -> str:
    """Genres, and the albums and artists that are heard most."""
    person = signed_in()
    genres = [genre for genre in services.list_genres(person, sort="popular") if genre.songs_count]
    return render_template(
        "catalog/browse.html",
        genres=genres[:GENRES],
        albums=services.list_albums(person, sort="popular", limit=SHELF).rows,
        artists=services.list_artists(person, sort="popular", limit=STRIP).rows,
    )


@plugin.get("/new", permission="listen")
def new() -> str:
    """What came last: albums, artists and songs."""
    greet_visitor()
    person, cursor = signed_in(), cursor_asked()
    page = services.list_songs(person, sort="newest", limit=ROWS, cursor=cursor)
    return render_template(
        "catalog/new.html",
        albums=[] if cursor else services.list_albums(person, sort="newest", limit=SHELF).rows,
        artists=[] if cursor else services.list_artists(person, sort="newest", limit=STRIP).rows,
        songs=page.rows,
        links=song_links(page.rows),
        more=next_url(page),
    )


@plugin.get("/popular", permission="listen")
def popular() -> str:
    """What is heard most: songs of this week, then albums, artists and songs of all time."""
    greet_visitor()
    person, cursor = signed_in(), cursor_asked()
    week = [] if cursor else services.popular_this_week(person)
    page = services.list_songs(person, sort="popular", limit=ROWS, cursor=cursor)
    return render_template(
        "catalog/popular.html",
        week=week,
        week_links=song_links(week),
        albums=[] if cursor else services.list_albums(person, sort="popular", limit=STRIP).rows,
        artists=[] if cursor else services.list_artists(person, sort="popular", limit=STRIP).rows,
        songs=page.rows,
        links=song_links(page.rows),
        more=next_url(page),
    )


@plugin.get("/random", permission="listen")
def random() -> str:
    """Songs by chance, others each time."""
    greet_visitor()
    page = services.list_songs(signed_in(), sort="random", limit=CHANCES, cursor=cursor_asked())
    return render_template("catalog/random.html", songs=page.rows, links=song_links(page.rows), more=next_url(page))
