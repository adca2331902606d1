"""Mixes, similar songs and endless radio in the API."""

from itertools import islice

from flask import Response
from pydantic import Field

from musicapp.api import Query, answer
from musicapp.security import signed_in
from plugins.catalog import plugin
from plugins.catalog.ears import greet_visitor
from plugins.catalog.links import song_links
from plugins.catalog.services.mixes import Mix, made_for, mix_of
from plugins.catalog.services.nearness import similar_songs
from plugins.catalog.services.radio import ids_of, radio
from plugins.catalog.services.records import Shape, song_shapes


class SimilarQuery(Query):
    """How many songs."""

    limit: int = Field(20, ge=1, le=50)


class RadioQuery(Query):
    """What the radio has played already, and how many songs come next."""

    after: str = Field("", max_length=1200, description="Ids of the songs that it played, the latest last: 3,1,4.")
    limit: int = Field(10, ge=1, le=50)


@plugin.api.get("/songs/<int:song_id>/similar", permission="listen", query=SimilarQuery)
def similar(query: SimilarQuery, song_id: int) -> Response:
    """The songs that go together with one, the closest first."""
    person = signed_in()
    return answer(song_shapes(person, similar_songs(person, song_id, query.limit)))


@plugin.api.get("/mixes", permission="listen")
def mixes() -> Response:
    """Mixes for who asks, from what they heard in the last weeks; `because` says why each is there."""
    made = made_for(signed_in())
    shapes = iter(song_shapes(signed_in(), [song for mix in made for song in mix.songs]))
    return answer([mix_shape(mix, list(islice(shapes, len(mix.songs)))) for mix in made])


@plugin.api.get("/mixes/<kind>", permission="listen", endpoint="wide_mix", defaults={"seed_id": 0})
@plugin.api.get("/mixes/<kind>/<int:seed_id>", permission="listen")
def mix(kind: str, seed_id: int) -> Response:
    """One mix as it is today: around a `song`, `artist` or `genre`, or `unheard`, `popular` and `new`."""
    found = mix_of(signed_in(), kind, seed_id)
    return answer(mix_shape(found, song_shapes(signed_in(), found.songs)))


@plugin.api.get("/radio/<kind>/<int:seed_id>", permission="listen", query=RadioQuery)
def radio_songs(query: RadioQuery, kind: str, seed_id: int) -> Response:
    """The next songs of the endless radio from a `song`, `album`, `artist` or `genre`, as the player takes them."""
    greet_visitor()
    found = radio(signed_in(), kind, seed_id, already=ids_of(query.after), limit=query.limit)
    return answer({"songs": song_links(found.songs)})


def mix_shape(mix: Mix, songs: list[Shape]) -> Shape:
    """A mix with its songs."""
    return {
        "kind": mix.kind,
        "id": mix.seed_id or None,
        "title": mix.title,
        "because": mix.because,
        "songs": songs,
    }
