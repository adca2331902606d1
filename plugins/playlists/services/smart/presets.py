"""Rules to begin with, for who would rather change something than face an empty page."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from plugins.catalog.services import Limit, Rule, Rules


@dataclass(frozen=True)
class Preset:
    """A smart playlist as it may begin: the name that it gets, and its rules."""

    name: str
    title: str
    rules: Rules


PRESETS: Mapping[str, Preset] = MappingProxyType(
    {
        one.name: one
        for one in (
            Preset(
                "year",
                "My most played of 12 months",
                Rules(
                    rules=(Rule("my_plays_year", "at_least", 1),), sort="my_most_played_year", limit=Limit(songs=100)
                ),
            ),
            Preset("unheard", "Never heard", Rules(rules=(Rule("last_heard", "never"),), sort="random")),
            Preset(
                "forgotten",
                "Favourites that I have not heard lately",
                Rules(
                    rules=(Rule("favourite", "is", True), Rule("last_heard", "not_within", 90)),
                    sort="last_heard",
                    reverse=True,
                ),
            ),
            Preset("genre", "Favourites of a genre", Rules(rules=(Rule("favourite", "is", True), Rule("genre", "is")))),
            Preset("loved", "Four stars and more", Rules(rules=(Rule("my_rating", "at_least", 4),), sort="my_rating")),
            Preset(
                "followed",
                "New from artists I follow",
                Rules(rules=(Rule("followed", "is", True), Rule("added", "within", 90))),
            ),
            Preset(
                "short",
                "Short songs",
                Rules(rules=(Rule("duration", "at_most", 150),), sort="random", limit=Limit(minutes=60)),
            ),
        )
    }
)
