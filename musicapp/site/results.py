"""What was found, arranged for the search page: how many of each kind, and which is the best match of all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from musicapp.site.found import Found
from musicapp.site.marking import folded

CONTENDERS = 3
RANKS = {"face": 0, "card": 1, "row": 2}


@dataclass(frozen=True)
class Results:
    """The answer to a search for `text`; `kind` is the one that somebody wants alone, "" for all."""

    text: str
    kind: str
    groups: Mapping[str, Sequence[Found]]
    best: Found | None

    @property
    def number(self) -> int:
        return sum(map(len, self.groups.values()))

    @property
    def shown(self) -> Mapping[str, Sequence[Found]]:
        """The groups that are wanted."""
        return {self.kind: self.groups[self.kind]} if self.kind else self.groups


def arranged(text: str, kind: str, groups: Mapping[str, Sequence[Found]]) -> Results:
    """The results of a search; a kind of which nothing was found is no longer asked for."""
    return Results(text, kind if kind in groups else "", groups, best_match(text, groups))


def best_match(text: str, groups: Mapping[str, Sequence[Found]]) -> Found | None:
    """Of the first of each kind, whose name is closest to what was written; of equals a person, then an album."""
    wanted = folded(text)
    contenders = [found for group in groups.values() for found in islice(group, CONTENDERS)]
    return min(
        contenders, key=lambda found: (distance(folded(found.title), wanted), RANKS[found.shown_as]), default=None
    )


def distance(name: str, wanted: str) -> int:
    """0 for the whole name, 1 for its beginning, 2 for the beginning of a word, 3 for anywhere, 4 for a likeness."""
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    if f" {wanted}" in name:
        return 2
    return 3 if wanted in name else 4
