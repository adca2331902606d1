"""What the search page and the health page show: records that plugins give."""

from dataclasses import dataclass
from typing import Any


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


@dataclass(frozen=True)
class Health:
    """How a part of the site is: `ok`, `degraded` (it goes on with less) or `down` (it cannot answer)."""

    name: str
    state: str
    detail: str = ""
