"""What music brings to reminders: drafts that wait, releases of tomorrow, and what is new for who was away."""

from datetime import datetime

from musicapp.blocks import Block
from musicapp.spans import Span
from plugins.catalog import plugin
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


@plugin.contributes(
    "reports.section", name="catalog.followed_news", audience="news", heading="From artists you follow", order=10
)
def of_followed_artists(person_id: int, _subject_id: int, span: Span) -> list[Block]:
    """Releases of the artists that somebody follows."""
    return reminding.of_followed_artists(person_id, span)


@plugin.contributes("reports.section", name="catalog.answers", audience="news", heading="What others wrote", order=20)
def answers(person_id: int, _subject_id: int, span: Span) -> list[Block]:
    """Replies to somebody, mentions of them, and comments on their music."""
    return reminding.answers_since(person_id, span)


@plugin.contributes(
    "reports.section", name="catalog.genre_news", audience="news", heading="In genres you listen to", order=30
)
def in_their_genres(person_id: int, _subject_id: int, span: Span) -> list[Block]:
    """New music in the genres that somebody heard."""
    return reminding.in_their_genres(person_id, span)
