"""In which order the chosen songs stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import UtcDateTime
from musicapp.paging import Order
from plugins.catalog.models import Artist, Rating, Song
from plugins.catalog.services.choosing import owners
from plugins.catalog.services.choosing.rules import Rules
from plugins.catalog.services.history.hours import local_day

Query = sa.Select[Any]
Column = sa.SQLColumnExpression[Any]
# The largest prime that an integer of 32 bits holds: below it every id keeps a place of its own.
PRIME = 2**31 - 1
# What was never heard has no plays, and was not heard for longest.
NO_PLAYS = sa.literal(0, sa.Integer())
LONG_AGO = sa.literal(datetime(1, 1, 1, tzinfo=UTC), UtcDateTime())


@dataclass(frozen=True)
class Wanted:
    """Whose order it is, and what makes an order at random other than another."""

    owner_id: int
    seed: int = 0


@dataclass(frozen=True)
class Way:
    """How one order of `SORTS` is asked for: what it joins and sorts by; which way; whether songs may lack it.

    Who lacks it stands last, which lets databases begin with the others; the other way round too, unless `least` says
    what is then meant.
    """

    asks: Callable[[Query, Wanted], tuple[Query, Column]]
    descending: bool = True
    nullable: bool = False
    least: sa.ColumnElement[Any] | None = None


def ordered(query: Query, rules: Rules, wanted: Wanted) -> tuple[Query, Order]:
    """The query with what its order needs, and the order."""
    way = WAYS[rules.sort]
    query, column = way.asks(query, wanted)
    name, descending = f"rules.{rules.sort}", way.descending
    if not rules.reverse:
        return query, Order(name, column, Song.id, descending=descending, nullable=way.nullable)
    if way.least is not None:
        column = sa.func.coalesce(column, way.least)
    is_nullable = way.nullable and way.least is None
    return query, Order(f"{name}.reverse", column, Song.id, descending=not descending, nullable=is_nullable)


def by(column: Column) -> Callable[[Query, Wanted], tuple[Query, Column]]:
    return lambda query, _wanted: (query, column)


def by_artist(query: Query, _wanted: Wanted) -> tuple[Query, Column]:
    return query.join(Artist, Artist.id == Song.artist_id), Artist.name_key


def by_plays(query: Query, wanted: Wanted) -> tuple[Query, Column]:
    heard = owners.heard_by(wanted.owner_id)
    return query.outerjoin(heard, heard.c.song_id == Song.id), heard.c.plays


def by_plays_of_a_year(query: Query, wanted: Wanted) -> tuple[Query, Column]:
    heard = owners.heard_by(wanted.owner_id, owners.a_year_ago())
    return query.outerjoin(heard, heard.c.song_id == Song.id), heard.c.plays


def by_last_heard(query: Query, wanted: Wanted) -> tuple[Query, Column]:
    heard = owners.heard_by(wanted.owner_id)
    return query.outerjoin(heard, heard.c.song_id == Song.id), heard.c.last_at


def by_stars(query: Query, wanted: Wanted) -> tuple[Query, Column]:
    mine = sa.and_(Rating.song_id == Song.id, Rating.user_id == wanted.owner_id)
    return query.outerjoin(Rating, mine), Rating.stars


def at_random(query: Query, wanted: Wanted) -> tuple[Query, Column]:
    """An order that a list keeps for a day on the clock of the site, alike on every database and for everybody."""
    mixed = scattered(wanted.seed, local_day(now()))
    step = sa.cast(Song.id, sa.BigInteger) * mixed % PRIME
    return query, (step * step + mixed) % PRIME


def scattered(seed: int, day: date) -> int:
    """A factor for a list and a day, far from those of its neighbours."""
    return (seed * 0x9E3779B1 + day.toordinal() * 0x85EBCA77) % (PRIME - 1) + 1


AVERAGE = sa.cast(Song.ratings_sum, sa.Float) / sa.func.nullif(Song.ratings_count, 0)
WAYS: Mapping[str, Way] = {
    "newest": Way(by(Song.published_at)),
    "title": Way(by(Song.title_key), descending=False),
    "artist": Way(by_artist, descending=False),
    "year": Way(by(Song.year), nullable=True),
    "most_played": Way(by(Song.plays)),
    "my_most_played": Way(by_plays, nullable=True, least=NO_PLAYS),
    "my_most_played_year": Way(by_plays_of_a_year, nullable=True, least=NO_PLAYS),
    "last_heard": Way(by_last_heard, nullable=True, least=LONG_AGO),
    "rating": Way(by(AVERAGE), nullable=True),
    "my_rating": Way(by_stars, nullable=True),
    "duration": Way(by(Song.duration_s), nullable=True),
    "random": Way(at_random),
}
