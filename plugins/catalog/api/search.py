"""Search in the API: music, and what other plugins find."""

from functools import partial

from flask import Response

from musicapp.api import answer
from musicapp.plugins import current_site
from musicapp.plugins.slots import contained
from musicapp.security import signed_in
from musicapp.site.found import Found
from plugins.catalog import plugin, services
from plugins.catalog.api.asked import SearchQuery
from plugins.catalog.api.shapes import Shape, album_shape, artist_shape, song_shape


@plugin.api.get("/search", permission="listen", query=SearchQuery)
def search(query: SearchQuery) -> Response:
    """Songs, albums, artists, and what other plugins find, by kind."""
    person = signed_in()
    found = {
        "songs": [song_shape(song) for song in services.search_songs(person, query.q, query.limit)],
        "albums": [album_shape(album) for album in services.search_albums(person, query.q, query.limit)],
        "artists": [artist_shape(artist) for artist in services.search_artists(person, query.q, query.limit)],
    }
    return answer({**found, **found_by_others(query)})


def found_by_others(query: SearchQuery) -> dict[str, list[Shape]]:
    groups = {}
    for other in current_site().searches:
        if other.plugin != plugin.name:
            look = partial(other.function, query.q, query.limit)
            results: list[Found] | None = contained(other.plugin, f"search for {other.kind}", look)
            groups[f"{other.kind}s"] = [found_shape(one) for one in results or []]
    return groups


def found_shape(found: Found) -> Shape:
    return {"title": found.title, "url": found.url, "detail": found.detail, "image_url": found.image_url or None}
