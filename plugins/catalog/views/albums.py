"""An album by itself, and its songs for the player."""

from flask import Response, render_template

from musicapp.api import answer
from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.ears import greet_visitor
from plugins.catalog.links import song_links
from plugins.catalog.services import AlbumCard, Person
from plugins.catalog.views.grouping import by_disc, licences_of

SIMILAR = 5


@plugin.get("/albums/<int:album_id>", permission="listen")
def album(album_id: int) -> str:
    """One album with its songs in order, who made it, and what is like it."""
    greet_visitor()
    person = signed_in()
    detail = services.album_detail(person, album_id)
    marked = services.marked_by(person, song_ids=[song.id for song in detail.songs], album_ids=[album_id])
    links = song_links(detail.songs, marked)
    return render_template(
        "catalog/album.html",
        album=detail.card,
        detail=detail,
        theirs=detail.theirs,
        favourite=("album", album_id) in marked.favourites,
        credits=detail.credits,
        licences=licences_of(detail.songs),
        songs=detail.songs,
        links=links,
        discs=by_disc(detail.songs, links),
        playable=any(link["audio_url"] for link in links),
        others=services.more_by(person, detail.card),
        similar=similar_to(person, detail.card),
    )


def similar_to(person: Person | None, card: AlbumCard) -> list[AlbumCard]:
    """Albums of the same genre by others, the most played first."""
    if card.genre_id is None:
        return []
    found = services.list_albums(person, sort="popular", genre_id=card.genre_id, limit=2 * SIMILAR).rows
    return [album for album in found if album.artist_id != card.artist_id][:SIMILAR]


@plugin.get("/albums/<int:album_id>/queue", permission="listen")
def album_queue(album_id: int) -> Response:
    """The songs of an album as the player takes them."""
    greet_visitor()
    return answer({"songs": song_links(services.album_detail(signed_in(), album_id).songs)})
