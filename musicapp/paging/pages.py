"""Pages of a list: which rows come next in an order, and what is shown of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar, cast

import sqlalchemy as sa

from musicapp.paging.choice import Choice
from musicapp.paging.cursors import write_cursor
from musicapp.paging.orders import Order, Stretch
from musicapp.paging.shuffled import Shuffled, next_keys, padded

R = TypeVar("R")
Shows = Callable[[sa.Select[Any]], sa.Select[Any]]
MOST = 500
# A limit that the planner can read; where it must guess, SQLite prepares to join the whole table with the page.
STEPS = (11, 26, 51, 61, 101, 151, 201, 301, 401, MOST + 1)


@dataclass(frozen=True)
class Page(Generic[R]):
    """Some rows of a list, and the cursor behind which it goes on; none at the end."""

    rows: Sequence[R]
    next: str | None


def page_of(
    rows: sa.Select[Any] | Choice,
    order: Order | Shuffled,
    make: Callable[[Any], R],
    *,
    shows: Shows | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[R]:
    """One page of a query's rows, which become what `make` makes of them; the query may have no order of its own.

    With `shows` the query only chooses rows of a table. Their keys are found first, by an index alone where there is
    one, and `shows` then adds columns and joins: so what costs something is asked of the page's rows only.
    """
    choice = rows if isinstance(rows, Choice) else Choice(lambda: rows)
    limit = max(1, min(limit, MOST))
    if isinstance(order, Shuffled):
        return shuffled_page(choice, order, make, shows or unchanged, limit, cursor)
    place = order.place_in(cursor)
    found: list[Any] = []
    for stretch in order.stretches(place):
        wanted = limit + 1 - len(found)
        at_most = next(step for step in STEPS if step >= wanted)
        build = partial(statement, choice, order, stretch, shows, at_most)
        found += choice.rows((order.name, stretch, at_most), build, {**place, "most": wanted})
        if len(found) > limit:
            break
    following = write_cursor(order.name, *found[limit - 1][-2:]) if len(found) > limit else None
    return Page([make(row) for row in found[:limit]], following)


def statement(choice: Choice, order: Order, stretch: Stretch, shows: Shows | None, at_most: int) -> sa.Select[Any]:
    """The next rows of a stretch, with their places as the last two columns."""
    place: tuple[sa.Label[Any], ...] = (order.column.label("page_value"), order.key.label("page_key"))
    query = choice.query()
    chosen = query.with_only_columns(*place, maintain_column_froms=True) if shows else query.add_columns(*place)
    wanted = order.sorted(order.part(chosen, stretch))
    most = sa.bindparam("most", type_=sa.Integer)
    if shows is None:
        return wanted.limit(most)
    return shown(wanted.limit(sa.literal_column(str(at_most), sa.Integer)), order, shows).limit(most)


def shown(chosen: sa.Select[Any], order: Order, shows: Shows) -> sa.Select[Any]:
    """What is shown of the rows whose places were chosen, in the same order."""
    page = chosen.subquery("page")
    whole = shows(rows_of(order).join(page, page.c.page_key == order.key))
    place = (page.c.page_value, page.c.page_key)
    return whole.add_columns(*place).order_by(*order.directed(*place))


def shuffled_page(
    choice: Choice, order: Shuffled, make: Callable[[Any], R], shows: Shows, limit: int, cursor: str | None
) -> Page[R]:
    keys, following = next_keys(choice, order, limit, cursor)
    if not keys:
        return Page([], following)
    wanted, given = padded(order, keys)

    def build() -> sa.Select[Any]:
        return shows(rows_of(order).where(wanted)).add_columns(order.key.label("page_key"))

    found = {row[-1]: row for row in choice.rows((order.name, "shown", len(given)), build, given)}
    return Page([make(found[key]) for key in keys if key in found], following)


def rows_of(order: Order | Shuffled) -> sa.Select[Any]:
    """The rows of the table whose order it is."""
    return sa.select(cast("Any", order.key).class_)


def unchanged(query: sa.Select[Any]) -> sa.Select[Any]:
    return query
