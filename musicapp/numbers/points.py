"""What a plugin gives that has a number of the site to show: the point `site.number`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

from musicapp.blocks.shapes import Unit

Kind = Literal["sum", "now"]
POINT = "site.number"
LONGEST_NAME = 60


@dataclass(frozen=True)
class SiteNumber:
    """A number of the site by day, whole and never negative, as `catalog.plays`.

    A `sum` counts what happened on a day: `call(first, last)` answers a mapping of days to numbers; a day that it
    leaves out is not known (any more). `now` is how much there is: `call()` answers it, and it is asked once a day,
    because nobody can tell later. `order` is its place on the overview; `beside` names another number below whose
    picture it stands in words, with `one` for the title where it is 1. `page` is the endpoint that tells more, `good`
    the way that is good news.
    """

    call: Callable[..., Any]
    name: str
    title: str
    kind: Kind = "sum"
    order: int = 100
    unit: Unit = ""
    good: Literal["up", "down", ""] = ""
    page: str = ""
    beside: str = ""
    one: str = ""

    def __post_init__(self) -> None:
        if self.kind not in get_args(Kind):
            raise ValueError(f"the kind of “{self.name}” must be sum or now, not {self.kind!r}.")
        if len(self.name) > LONGEST_NAME or not self.name.partition(".")[2]:
            raise ValueError(f"“{self.name}” must be the plugin's name, a dot and a word, in {LONGEST_NAME} letters.")

    @property
    def owner(self) -> str:
        """The plugin that gives it."""
        return self.name.partition(".")[0]
