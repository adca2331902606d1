"""Rules that choose songs, as they are kept: plain words and numbers, never SQL."""

from dataclasses import dataclass
from typing import Any, Literal

Match = Literal["all", "any"]
Value = None | bool | int | float | str | tuple[int, int]
Written = dict[str, Any]
# A list of so many songs is still chosen by one statement, and read in one go when its length counts.
MOST_SONGS = 500
MOST_MINUTES = 24 * 60
MOST_RULES = 30


@dataclass(frozen=True)
class Rule:
    """What one word about a song must be: `field` and `operator` are of `FIELDS`, `value` of the operator's kind."""

    field: str
    operator: str
    value: Value = None

    def as_dict(self) -> Written:
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        return {"field": self.field, "operator": self.operator, **({} if value is None else {"value": value})}


@dataclass(frozen=True)
class Group:
    """Rules in brackets, of which all or any must hold."""

    match: Match
    rules: tuple[Rule, ...]

    def as_dict(self) -> Written:
        return {"match": self.match, "rules": [rule.as_dict() for rule in self.rules]}


@dataclass(frozen=True)
class Limit:
    """How long a chosen list is at most: so many songs, or so many minutes of music; one of them is set."""

    songs: int | None = None
    minutes: int | None = None

    def as_dict(self) -> Written:
        return {"songs": self.songs} if self.songs is not None else {"minutes": self.minutes}


@dataclass(frozen=True)
class Rules:
    """Which songs are chosen, in which order of `SORTS`, and how many; without rules all of them."""

    match: Match = "all"
    rules: tuple[Rule | Group, ...] = ()
    sort: str = "newest"
    reverse: bool = False
    limit: Limit | None = None

    def as_dict(self) -> Written:
        """What a table or a file keeps; `read_rules` makes the same rules of it."""
        return {
            "match": self.match,
            "rules": [rule.as_dict() for rule in self.rules],
            "sort": self.sort,
            "reverse": self.reverse,
            "limit": self.limit.as_dict() if self.limit else None,
        }
