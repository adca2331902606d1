"""What rules can speak of: the fields of a song, and how each can be compared. Pages and docs are made from this."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Kind = Literal[
    "genre", "artist", "album", "text", "licence", "year", "stars", "average", "count", "seconds", "days", "date",
    "yes", "none",
]  # fmt: skip


@dataclass(frozen=True)
class Operator:
    """A way to compare: its words, the kind of its value, and whether it takes two of them."""

    name: str
    label: str
    kind: Kind
    is_range: bool = False


@dataclass(frozen=True)
class Field:
    """A word about a song. `is_owners` says that it is about whose list it is, not about the song alone."""

    name: str
    label: str
    operators: Mapping[str, Operator]
    is_owners: bool = False


LABELS = {
    "is": "is",
    "is_not": "is not",
    "contains": "contains",
    "contains_not": "does not contain",
    "begins": "begins with",
    "at_least": "at least",
    "at_most": "at most",
    "between": "between",
    "missing": "is missing",
    "within": "in the last",
    "not_within": "not in the last",
    "never": "never",
    "since": "since",
    "before": "before",
}
WITHOUT_VALUE = ("missing", "never")


def field(name: str, label: str, kind: Kind, *operators: str, is_owners: bool = False) -> Field:
    """A field whose values are all of one kind, but for text within names, and days."""
    return Field(
        name,
        label,
        MappingProxyType({one: Operator(one, LABELS[one], kind_for(one, kind), one == "between") for one in operators}),
        is_owners,
    )


def kind_for(operator: str, kind: Kind) -> Kind:
    if operator in WITHOUT_VALUE:
        return "none"
    if operator in ("within", "not_within"):
        return "days"
    return "text" if operator in ("contains", "contains_not", "begins") else kind


FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        one.name: one
        for one in (
            field("genre", "Genre", "genre", "is", "is_not", "missing"),
            field("artist", "Artist", "artist", "is", "is_not", "contains", "contains_not"),
            field("album", "Album", "album", "is", "is_not", "contains", "contains_not", "missing"),
            field("title", "Title", "text", "contains", "contains_not", "begins", "is", "is_not"),
            field("year", "Year", "year", "is", "is_not", "at_least", "at_most", "between", "missing"),
            field("my_rating", "My rating", "stars", "at_least", "at_most", "is", "missing", is_owners=True),
            field("rating", "Average rating", "average", "at_least", "at_most", "missing"),
            field("plays", "Plays by everybody", "count", "at_least", "at_most", "between"),
            field("my_plays", "My plays", "count", "at_least", "at_most", is_owners=True),
            field("my_plays_year", "My plays in 12 months", "count", "at_least", "at_most", is_owners=True),
            field("last_heard", "Last heard", "days", "within", "not_within", "never", is_owners=True),
            field("added", "Added", "date", "within", "not_within", "since", "before"),
            field("favourite", "Favourite", "yes", "is", is_owners=True),
            field("followed", "By an artist I follow", "yes", "is", is_owners=True),
            field("explicit", "Explicit", "yes", "is"),
            field("duration", "Length", "seconds", "at_least", "at_most", "between"),
            field("licence", "Licence", "licence", "is", "is_not", "contains", "missing"),
        )
    }
)


@dataclass(frozen=True)
class Sort:
    """An order of a chosen list, in words; `reverse_label` is the other way round, "" where there is none."""

    name: str
    label: str
    reverse_label: str


SORTS: Mapping[str, Sort] = MappingProxyType(
    {
        one.name: one
        for one in (
            Sort("newest", "Newest first", "Oldest first"),
            Sort("title", "By title", "By title, from Z"),
            Sort("artist", "By artist", "By artist, from Z"),
            Sort("year", "Latest year first", "Earliest year first"),
            Sort("most_played", "Most played first", "Least played first"),
            Sort("my_most_played", "Most played by me first", "Least played by me first"),
            Sort(
                "my_most_played_year", "Most played by me in 12 months first", "Least played by me in 12 months first"
            ),
            Sort("last_heard", "Last heard first", "Not heard for longest first"),
            Sort("rating", "Best rated first", "Worst rated first"),
            Sort("my_rating", "Best rated by me first", "Worst rated by me first"),
            Sort("duration", "Longest first", "Shortest first"),
            Sort("random", "At random, another order every day", ""),
        )
    }
)
