"""For how long what moderators removed is kept: at least until nobody can appeal against it any more."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from musicapp.plugins.slots import contributions


@dataclass
class AppealTime:
    """What a contribution to `site.appeal_time` brings: `()` answers how many days after a decision it can still turn
    out to be wrong, so that what it removed has to come back."""

    call: Callable[[], int]
    name: str


def kept_when_removed(days: int) -> timedelta:
    """How long a plugin keeps what moderators removed whose setting says so many days: never shorter than an appeal
    can bring it back."""
    return timedelta(days=max([days, *(one.call() for one in contributions("site.appeal_time"))]))
