"""Where a listener's player stands, so that another device can go on."""

from typing import Annotated, Literal

from flask import Response
from pydantic import Field

from musicapp.api import Body, answer
from plugins.catalog import plugin, services
from plugins.catalog.api.asked import Id, person_who_asks
from plugins.catalog.api.shapes import Shape
from plugins.catalog.links import song_links

LONGEST_S = 12 * 60 * 60
ELSEWHERE = "Another device of yours played on meanwhile."


class PlayerBody(Body):
    """Where the player stands now."""

    song_ids: list[Id] = Field(max_length=services.MOST_SONGS)
    place: Annotated[int, Field(ge=0, lt=services.MOST_SONGS)] = Field(0, description="Index of the song that plays.")
    position_s: float = Field(0, ge=0, le=LONGEST_S, allow_inf_nan=False)
    origin: str = Field("", max_length=200, pattern="^(/.*)?$", description="Address of the page the songs came from.")
    source: str = Field("queue", max_length=16, pattern="^[a-z_]*$")
    repeat: Literal["off", "all", "one"] = "off"
    shuffled: bool = False
    device: str = Field("", max_length=40, description="A name that the device gave itself.")
    revision: int = Field(0, ge=0, le=2**31 - 2, description="What the device read or wrote last; 0: nothing yet.")


@plugin.api.get("/player", permission="member")
def player() -> Response:
    """Where the listener stopped, on whichever device; `data` is null when they never heard anything."""
    left_off = services.where_left_off(person_who_asks())
    return answer(left_off and player_shape(left_off))


@plugin.api.put("/player", permission="member", body=PlayerBody)
def keep_player(body: PlayerBody) -> Response:
    """Keep where the player stands; 409 with the other's state when another device wrote since `revision`."""
    person = person_who_asks()
    stop = services.Stop(**body.model_dump(exclude={"revision"}))
    revision = services.keep_stop(person, stop, body.revision)
    if revision is not None:
        return answer({"revision": revision})
    left_off = services.where_left_off(person)
    return answer(left_off and player_shape(left_off), ELSEWHERE, 409)


def player_shape(left_off: services.LeftOff) -> Shape:
    """The stop with its songs as the player takes them."""
    return {
        **{name: value for name, value in vars(left_off.stop).items() if name != "song_ids"},
        "songs": song_links(left_off.songs),
        "revision": left_off.revision,
        "updated_at": left_off.updated_at.isoformat(),
    }
