"""Stars, favourites and follows in the API."""

from typing import Literal

from flask import Response
from pydantic import Field

from musicapp.api import Body, PageQuery, answer, listing
from musicapp.paging import Page
from plugins.catalog import plugin, services
from plugins.catalog.api.asked import person_who_asks
from plugins.catalog.api.marking import marked_song, put_marks
from plugins.catalog.api.shapes import Shape, album_shape, artist_shape, song_shape
from plugins.catalog.services.marks import FAVOURITE_KINDS


class RatingBody(Body):
    """How good a listener finds a song."""

    stars: int = Field(ge=1, le=services.MOST_STARS)


class FavouritesQuery(PageQuery):
    """Which favourites."""

    kind: Literal["song", "album", "artist"] = "song"


@plugin.api.put("/songs/<int:song_id>/rating", permission="member", body=RatingBody)
def rate_song(song_id: int, body: RatingBody) -> Response:
    """Give a song stars; another number takes the place of the one before."""
    services.rate(person_who_asks(), song_id, body.stars)
    return rated(song_id)


@plugin.api.delete("/songs/<int:song_id>/rating", permission="member")
def take_back_rating(song_id: int) -> Response:
    """Take one's stars back."""
    services.take_back_rating(person_who_asks(), song_id)
    return rated(song_id)


def rated(song_id: int) -> Response:
    """How a song is rated now."""
    song = services.song_detail(person_who_asks(), song_id).row
    return answer({"rating": marked_song(song_shape(song))["rating"]})


def add_favourite(subject_id: int, kind: str) -> Response:
    """Keep music among one's favourites."""
    services.add_favourite(person_who_asks(), kind, subject_id)
    return answer({"favourite": True})


def remove_favourite(subject_id: int, kind: str) -> Response:
    """Take music out of one's favourites."""
    services.remove_favourite(person_who_asks(), kind, subject_id)
    return answer({"favourite": False})


for each in FAVOURITE_KINDS:
    for route, act in ((plugin.api.put, add_favourite), (plugin.api.delete, remove_favourite)):
        path, name = f"/{each}s/<int:subject_id>/favourite", f"{act.__name__}_{each}"
        route(path, endpoint=name, defaults={"kind": each}, permission="member")(act)


@plugin.api.get("/favourites", permission="member", query=FavouritesQuery)
def favourites(query: FavouritesQuery) -> Response:
    """One's favourite songs, albums or artists, the latest first."""
    person, paging = person_who_asks(), {"limit": query.limit, "cursor": query.cursor}
    match query.kind:
        case "album":
            albums = services.favourite_albums(person, **paging)
            shapes = [album_shape(album) for album in albums.rows]
            put_marks(albums=shapes)
            return listing(Page(shapes, albums.next))
        case "artist":
            return artists_listed(services.favourite_artists(person, **paging))
    songs = services.favourite_songs(person, **paging)
    return listing(Page(services.song_shapes(person, songs.rows), songs.next))


@plugin.api.put("/artists/<int:artist_id>/follow", permission="member")
def follow(artist_id: int) -> Response:
    """Hear of what an artist publishes from now on."""
    services.follow(person_who_asks(), artist_id)
    return answer({"following": True})


@plugin.api.delete("/artists/<int:artist_id>/follow", permission="member")
def unfollow(artist_id: int) -> Response:
    """Hear of it no longer."""
    services.unfollow(person_who_asks(), artist_id)
    return answer({"following": False})


@plugin.api.get("/following", permission="member", query=PageQuery)
def following(query: PageQuery) -> Response:
    """The artists that one follows, the latest first."""
    return artists_listed(services.followed_artists(person_who_asks(), limit=query.limit, cursor=query.cursor))


def artists_listed(page: Page[services.ArtistCard]) -> Response:
    shapes: list[Shape] = [artist_shape(artist) for artist in page.rows]
    put_marks(artists=shapes)
    return listing(Page(shapes, page.next))
