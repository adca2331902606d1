"""The kinds of mixes: which songs each is made of, what it is called, and why it is there."""

from datetime import timedelta

import sqlalchemy as sa

from musicapp.clock import now
from plugins.catalog.models import ListenerHour, Song
from plugins.catalog.services.history.hours import local_day
from plugins.catalog.services.nearness import Seed, like_seed
from plugins.catalog.services.nearness.candidates import NOT_NEAR, Choice, most_played
from plugins.catalog.services.persons import Person
from plugins.catalog.services.visibility import public_songs

SONGS = 80
NEWEST = 30
UNHEARD_DAYS = 365
UNHEARD, POPULAR, NEW = (Seed(kind, 0, "") for kind in ("unheard", "popular", "new"))
WIDE_KINDS = {seed.kind: seed for seed in (UNHEARD, POPULAR, NEW)}
MIX_KINDS = ("song", "artist", "genre")


def choices_of(seed: Seed, person: Person | None) -> list[Choice]:
    """The queries of the songs that a mix is made of."""
    match seed.kind:
        case "unheard":
            return [most_played(*not_heard_by(person), limit=SONGS)]
        case "popular":
            return [most_played(limit=SONGS)]
        case "new":
            return [newest()]
        case "genre":
            return [most_played(Song.genre_id == seed.id, limit=SONGS)]
        case _:
            return like_seed(seed)


def not_heard_by(person: Person | None) -> list[sa.ColumnElement[bool]]:
    """That somebody heard a song in the last year is not the case; of a visitor nothing is known."""
    if person is None:
        return []
    since = local_day(now()) - timedelta(days=UNHEARD_DAYS)
    heard = sa.select(ListenerHour.song_id).where(ListenerHour.user_id == person.id, ListenerHour.day > since)
    return [Song.id.not_in(heard)]


def newest() -> Choice:
    songs = public_songs().order_by(Song.published_at.desc(), Song.id.desc()).limit(NEWEST)
    return songs.with_only_columns(*NOT_NEAR)


def title_of(seed: Seed) -> str:
    """What a mix is called."""
    match seed.kind:
        case "genre":
            return f"More {in_sentence(seed.title)}"
        case "unheard":
            return "Not heard yet"
        case "popular":
            return "What is heard here"
        case "new":
            return "Just arrived"
        case _:
            return f"Around {seed.title}"


def because_of(seed: Seed, *, is_habit: bool) -> str:
    """Why a mix is there, as a sentence; `is_habit` says that it comes from what this listener heard."""
    match seed.kind:
        case "song" if is_habit:
            return f"Because you played {seed.title} by {seed.by}"
        case "artist" if is_habit:
            return f"Because you play {seed.title}"
        case "genre" if is_habit:
            return f"Because you often hear {in_sentence(seed.title)}"
        case "song":
            return f"Songs that go with {seed.title} by {seed.by}"
        case "artist":
            return f"Songs that go with {seed.title}"
        case "genre":
            return f"Songs of the genre {seed.title}"
        case "unheard":
            return "Songs here that you have not heard"
        case "popular":
            return "What everybody here plays most"
        case _:
            return "The newest songs here"


def in_sentence(name: str) -> str:
    """A genre as one writes it inside a sentence: Folk → folk, but IDM and R&B stay."""
    return name[:1].lower() + name[1:] if name[1:].islower() else name
