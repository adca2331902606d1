"""How few listeners are too few to be told apart, and how it is known that there are enough.

An artist who hears that somebody came from a playlist at four in the morning may know who that was. So whatever fewer
than `FLOOR` listeners did is not broken down: not by source, not by hour, not into new and returning ones. Plays by
day and by song stay exact, as every export and every page has the same.

Distinct listeners of many days cannot be summed from days. But whether they are at least three can: of each day up to
three different signs are kept, and if the listeners of all days are three or more, so are these signs together. Those
who keep no history have another name on each day, so all of them count as one here.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

FLOOR = 3
NAMELESS = 0


def sign_of(listener_key: str) -> int:
    """A number that two plays of one listener share; all who keep no history have the same."""
    return NAMELESS if is_nameless(listener_key) else crc32(listener_key.encode()) or 1


def is_nameless(listener_key: str) -> bool:
    """Whether this name in the ledger is one of a day that leads to nobody."""
    return listener_key.startswith("n")


@dataclass
class Part:
    """Plays of one source or one hour, with signs of those who played, at most as many as the floor asks for."""

    plays: int = 0
    signs: set[int] = field(default_factory=set)

    def add(self, plays: int, signs: Iterable[int]) -> None:
        self.plays += plays
        for sign in signs:
            if len(self.signs) < FLOOR:
                self.signs.add(sign)

    @property
    def is_shown(self) -> bool:
        return len(self.signs) >= FLOOR

    def stored(self) -> list[Any]:
        return [self.plays, sorted(self.signs)]
