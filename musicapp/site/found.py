"""What the search page and the health page show: records that plugins give."""

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class Found:
    """One thing that was found."""

    kind: str
    title: str
    url: str
    detail: str = ""
    image_url: str = ""
    tint: str = "grey"
    play: dict[str, Any] | None = None  # the record that the player takes, for what can be heard
    play_url: str = ""  # answers the songs, for what can be played whole
    shown_as: Literal["row", "card", "face"] = "row"  # a line, an album's cover or a round picture


@dataclass(frozen=True)
class Health:
    """How a part of the site is: `ok`, `degraded` (it goes on with less) or `down` (it cannot answer).

    `remedy` tells an admin in a sentence what to do when it is not well.
    """

    name: str
    state: str
    detail: str = ""
    remedy: str = ""
