"""What of a span cannot be summed from days: distinct listeners, songs in their order, and what the floor lets through.

The job counts it for the usual spans of artists whose people were here lately, and keeps it; anything else is counted
when it is asked for.
"""

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from musicapp.database import insert_for, session
from musicapp.spans import Span
from plugins.catalog.models import ArtistDay, ArtistListener, ArtistSpan, Song, SongDay
from plugins.catalog.services.audience.floor import FLOOR, Part

SPANS = (7, 28, 90, 365)
TOP_SONGS = 10
WEEKDAYS, HOURS = 7, 24


@dataclass(frozen=True)
class Hearing:
    """Who heard an artist in a span, and how they came to it.

    `listeners` counts who keeps no history anew on each day; `nameless` says how often that was. `returning` heard the
    artist before the span. `songs` are (id, plays, completed, plays before), the most played first. `sources` are those
    with enough listeners, the plays of the rest are `other_plays`; `hours` are seven rows from Monday on, None where
    there were too few listeners.
    """

    listeners: int
    nameless: int
    returning: int
    listeners_before: int
    nameless_before: int
    songs: list[list[int]]
    sources: dict[str, int]
    other_plays: int
    hours: list[list[int | None]]


def is_small(listeners: int, nameless: int) -> bool:
    """Whether these may be too few people to say anything about them; all who keep no history may be one."""
    return listeners - nameless + (1 if nameless else 0) < FLOOR


def hearing_of(artist_id: int, span: Span) -> Hearing:
    """Count a span of an artist from the sums of its days."""
    sources, other_plays, hours = broken_down(artist_id, span)
    return Hearing(*listeners_of(artist_id, span), songs_of(artist_id, span), sources, other_plays, hours)


def listeners_of(artist_id: int, span: Span) -> tuple[int, int, int, int, int]:
    """Distinct listeners, those without a history, those who came back; and the first two of the span before."""
    earlier = sa.alias(ArtistListener.__table__)
    here = heard_between(artist_id, span.first, span.last)
    came_before = sa.exists().where(
        earlier.c.artist_id == artist_id, earlier.c.listener_key == here.c.listener_key, earlier.c.day < span.first
    )
    before = heard_between(artist_id, span.before_first, span.before_last)
    now_counted = sa.select(sa.func.count(), nameless(here), total(came_before)).select_from(here)
    then_counted = sa.select(sa.func.count(), nameless(before)).select_from(before)
    listeners, without_name, returning = session().execute(now_counted).one()
    return (listeners, without_name, returning, *session().execute(then_counted).one())


def heard_between(artist_id: int, first: date, last: date) -> sa.Subquery:
    listeners = sa.select(ArtistListener.listener_key).where(
        ArtistListener.artist_id == artist_id, ArtistListener.day.between(first, last)
    )
    return listeners.distinct().subquery()


def nameless(listeners: sa.Subquery) -> sa.ColumnElement[int]:
    return total(sa.func.substr(listeners.c.listener_key, 1, 1) == "n")


def total(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)


def songs_of(artist_id: int, span: Span) -> list[list[int]]:
    """The songs that were played most, as far as they are still there: (id, plays, completed, plays before)."""

    def within(column: Any, first: date, last: date) -> sa.ColumnElement[int]:
        return sa.func.coalesce(sa.func.sum(sa.case((SongDay.day.between(first, last), column), else_=0)), 0)

    plays = within(SongDay.plays, span.first, span.last)
    sums = (
        sa.select(
            Song.id,
            plays,
            within(SongDay.completed, span.first, span.last),
            within(SongDay.plays, span.before_first, span.before_last),
        )
        .join(SongDay, SongDay.song_id == Song.id)
        .where(Song.artist_id == artist_id, Song.deleted_at.is_(None))
        .where(SongDay.day.between(span.before_first, span.last))
        .group_by(Song.id)
        .having(plays > 0)
        .order_by(plays.desc(), Song.id)
    )
    return [[int(number) for number in row] for row in session().execute(sums.limit(TOP_SONGS))]


def broken_down(artist_id: int, span: Span) -> tuple[dict[str, int], int, list[list[int | None]]]:
    """Plays by source, those of sources with too few listeners together, and plays by weekday and hour."""
    sources: defaultdict[str, Part] = defaultdict(Part)
    hours: defaultdict[tuple[int, int], Part] = defaultdict(Part)
    days = sa.select(ArtistDay.day, ArtistDay.sources, ArtistDay.hours).where(
        ArtistDay.artist_id == artist_id, ArtistDay.day.between(span.first, span.last)
    )
    for day, day_sources, day_hours in session().execute(days):
        for source, (plays, signs) in day_sources.items():
            sources[source].add(plays, signs)
        for hour, (plays, signs) in day_hours.items():
            hours[day.weekday(), int(hour)].add(plays, signs)
    shown = sorted((-part.plays, source) for source, part in sources.items() if part.is_shown)
    cells = [[hours[weekday, hour] for hour in range(HOURS)] for weekday in range(WEEKDAYS)]
    return (
        {source: -plays for plays, source in shown},
        sum(part.plays for part in sources.values() if not part.is_shown),
        [[0 if not part.plays else part.plays if part.is_shown else None for part in row] for row in cells],
    )


def keep_span(artist_id: int, span: Span) -> None:
    """Count one of the usual spans of an artist and keep it, inside `writing()`."""
    found = asdict(hearing_of(artist_id, span))
    row = insert_for(ArtistSpan).values(artist_id=artist_id, days=span.days, last_on=span.last, found=found)
    changed = {"last_on": span.last, "found": found}
    session().execute(row.on_conflict_do_update(index_elements=["artist_id", "days"], set_=changed))
