"""Years: all from which there is music, and the music of one."""

from flask import render_template

from musicapp.errors import NotFound
from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.ears import greet_visitor
from plugins.catalog.links import song_links

SHELF = 10
SONGS = 20


@plugin.get("/years", permission="listen")
def years() -> str:
    """The years from which there is music, the latest first, by decade."""
    decades: dict[int, list[services.YearCard]] = {}
    for card in services.list_years(signed_in()):
        decades.setdefault(card.year // 10 * 10, []).append(card)
    return render_template("catalog/years.html", decades=decades)


@plugin.get("/years/<int:year>", permission="listen")
def year(year: int) -> str:
    """The albums and songs of a year, the most played first."""
    greet_visitor()
    if not 0 < year < 3000:
        raise NotFound("There is no music from this year.")
    person = signed_in()
    songs = services.list_songs(person, sort="popular", year=year, limit=SONGS)
    return render_template(
        "catalog/year.html",
        year=year,
        albums=services.list_albums(person, sort="popular", year=year, limit=SHELF).rows,
        songs=songs.rows,
        links=song_links(songs.rows),
        more=bool(songs.next),
    )
