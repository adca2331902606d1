"""What music brings to reminders: drafts that wait, releases of tomorrow, and what is new for who was away."""

from datetime import datetime

from musicapp.blocks import Block
from plugins.catalog import plugin
from plugins.catalog.listeners.sections import contribute
from plugins.catalog.services import Person, reminding

Due = list[tuple[int, str, str, list[Block]]]


def publishes(person: Person) -> bool:
    """Whether somebody may have music of their own here."""
    return "artist" in person.role_names or "admin" in person.role_names


@plugin.contributes(
    "reports.reminder",
    name="release",
    title="Releases of tomorrow",
    words="Music of yours becomes public tomorrow.",
    order=10,
    holds=reminding.comes_out_as_planned,
    concerns=publishes,
)
def releases_tomorrow(at: datetime, after: int, limit: int) -> Due:
    """Those whose music comes out tomorrow."""
    return reminding.releases_tomorrow(at, after, limit)


@plugin.contributes(
    "reports.reminder",
    name="drafts",
    title="Drafts that wait",
    words="Music of yours is a draft that was not changed for a week.",
    order=50,
    holds=reminding.is_still_waiting,
    concerns=publishes,
)
def drafts_waiting(at: datetime, after: int, limit: int) -> Due:
    """Those who have not changed a draft for a week."""
    return reminding.drafts_waiting(at, after, limit)


contribute("news", 10, "followed_news", "From artists you follow", reminding.of_followed_artists)
contribute("news", 20, "answers", "What others wrote", reminding.answers_since)
contribute("news", 30, "genre_news", "In genres you listen to", reminding.in_their_genres)
