"""An artist by themselves, and their songs for the player."""

from flask import Response, render_template

from musicapp.api import answer
from musicapp.security import signed_in
from plugins.catalog import plugin, services
from plugins.catalog.ears import greet_visitor
from plugins.catalog.links import artist_cover_url, links_of_lists, song_links
from plugins.catalog.services import AlbumCard
from plugins.catalog.services.nearness import artists_near
from plugins.catalog.views.grouping import by_kind

FEW = 5
SINGLES = 10


@plugin.get("/artists/<int:artist_id>", permission="listen")
def artist(artist_id: int) -> str:
    """One artist: what is played most, releases, who they are, and whom they are heard with."""
    greet_visitor()
    person = signed_in()
    detail = services.artist_detail(person, artist_id)
    singles = detail.singles[:SINGLES]
    song_ids = [song.id for song in (*detail.popular, *singles)]
    marked = services.marked_by(person, song_ids=song_ids, artist_ids=[artist_id])
    popular_links, single_links = links_of_lists(detail.popular, singles, marked=marked)
    return render_template(
        "catalog/artist.html",
        artist=detail.card,
        detail=detail,
        favourite=("artist", artist_id) in marked.favourites,
        followed=artist_id in marked.followed,
        picture_url=artist_cover_url(detail.card, 600),
        releases=releases_of(detail.albums),
        popular_links=popular_links,
        singles=singles,
        single_links=single_links,
        near=artists_near(person, artist_id),
    )


@plugin.get("/artists/<int:artist_id>/queue", permission="listen")
def artist_queue(artist_id: int) -> Response:
    """The most played songs of an artist as the player takes them."""
    greet_visitor()
    person = signed_in()
    artist_id = services.artist_alone(person, artist_id).id
    return answer({"songs": song_links(services.list_songs(person, sort="popular", artist_id=artist_id).rows)})


def releases_of(albums: list[AlbumCard]) -> list[tuple[str, list[AlbumCard]]]:
    """An artist's releases by kind; a few of them stand together, under no kind of their own."""
    if len(albums) < 2:
        return []
    return by_kind(albums) if len(albums) > FEW else [("", albums)]
