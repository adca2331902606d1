"""Lists in random order that can be paged: a seed stands in the cursor, so that the next page repeats nothing.

The seed makes a permutation of all ids that there may be. The next places in it are asked for, whether or not there
is a row; where rows are few among the ids, the ids of them all are read instead and put in their places. So the cost
is that of the page, not of the table.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from musicapp.paging.choice import Choice
from musicapp.paging.cursors import read_cursor, refuse_cursor, write_cursor
from musicapp.paging.permutation import Permutation

PLACES_PER_ROW = 4
ENOUGH_TO_JUDGE = 3
MOST_PLACES = 8_000
FEW = 20_000
LEAST_BITS, MOST_BITS = 4, 31
LEAST_WIDTH = 64
NOBODY = 0


@dataclass(frozen=True)
class Shuffled:
    """The random order of a table by its integer ids."""

    key: sa.SQLColumnExpression[int]
    name: str = "random"


@dataclass(frozen=True)
class Spot:
    """How far a reader has come in a random order: what its cursor holds."""

    seed: int
    bits: int
    place: int

    def cursor_at(self, order: Shuffled, place: int) -> str | None:
        """The cursor of a place further on; None behind the last."""
        return write_cursor(order.name, self.seed, self.bits, place) if place < 1 << self.bits else None


def next_keys(choice: Choice, order: Shuffled, limit: int, cursor: str | None) -> tuple[list[int], str | None]:
    """The ids of the next page in their order, and the cursor of the page after it.

    A page may be short where rows are few among very many ids, and the list yet goes on.
    """
    spot = spot_of(cursor, order) if cursor else new_spot(choice, order)
    permutation = Permutation(spot.seed, spot.bits)
    end = min(spot.place + PLACES_PER_ROW * (limit + 1), permutation.size)
    found = ids_at(choice, order, permutation, range(spot.place, end))
    if len(found) <= limit and end < permutation.size:
        further = int(1.5 * limit * (end - spot.place) / max(len(found), 1))
        is_sure = len(found) >= ENOUGH_TO_JUDGE and further <= MOST_PLACES
        if not is_sure and (all_of_them := all_ids(choice, order, permutation)) is not None:
            found = {place: key for place, key in all_of_them.items() if place >= spot.place}
            end = permutation.size
        else:
            more = min(end + min(further, MOST_PLACES), permutation.size)
            found |= ids_at(choice, order, permutation, range(end, more))
            end = more
    places = sorted(found)
    following = places[limit] if len(places) > limit else end
    return [found[place] for place in places[:limit]], spot.cursor_at(order, following)


def ids_at(choice: Choice, order: Shuffled, permutation: Permutation, places: range) -> dict[int, int]:
    """The ids of the rows that stand at these places."""
    wanted = {permutation.number_at(place): place for place in places}
    condition, given = padded(order, list(wanted))

    def build() -> sa.Select[Any]:
        return only_keys(choice, order).where(condition)

    return {wanted[key]: key for (key,) in choice.rows((order.name, "among", len(given)), build, given)}


def all_ids(choice: Choice, order: Shuffled, permutation: Permutation) -> dict[int, int] | None:
    """The ids of all rows by their places; None when they are more than a few."""

    def build() -> sa.Select[Any]:
        below = sa.bindparam("below", type_=sa.BigInteger)
        return only_keys(choice, order).where(order.key < below).limit(FEW + 1)

    ids = choice.rows((order.name, "all"), build, {"below": permutation.size})
    return {permutation.place_of(key): key for (key,) in ids} if len(ids) <= FEW else None


def only_keys(choice: Choice, order: Shuffled) -> sa.Select[Any]:
    return choice.query().with_only_columns(order.key, maintain_column_froms=True)


def padded(order: Shuffled, keys: Sequence[int]) -> tuple[sa.ColumnElement[bool], dict[str, int]]:
    """The condition that a row is one of these, and its values; made up to a power of two: few statements do."""
    width = max(LEAST_WIDTH, 1 << (len(keys) - 1).bit_length())
    names = [f"key_{number}" for number in range(width)]
    given = dict.fromkeys(names, NOBODY) | dict(zip(names, keys, strict=False))
    return order.key.in_([sa.bindparam(name, type_=sa.Integer) for name in names]), given


def new_spot(choice: Choice, order: Shuffled) -> Spot:
    """The beginning of an order that nobody had before; what is added later is not in it."""
    ((highest,),) = choice.rows((order.name, "highest"), lambda: sa.select(sa.func.max(order.key)), {})
    return Spot(secrets.randbits(MOST_BITS), max(LEAST_BITS, (highest or 0).bit_length()), 0)


def spot_of(cursor: str, order: Shuffled) -> Spot:
    number = sa.Integer()
    spot = Spot(*read_cursor(cursor, order.name, number, number, number))
    if spot.seed < 0 or not LEAST_BITS <= spot.bits <= MOST_BITS or not 0 <= spot.place < 1 << spot.bits:
        refuse_cursor()
    return spot
