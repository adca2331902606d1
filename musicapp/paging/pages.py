"""Pages of a list: which rows come next in an order, and what is shown of them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

import sqlalchemy as sa

from musicapp.database import session
from musicapp.paging.cursors import read_cursor, write_cursor
from musicapp.paging.shuffled import Shuffled, next_keys

R = TypeVar("R")
Shows = Callable[[sa.Select[Any]], sa.Select[Any]]
MOST = 500


@dataclass(frozen=True)
class Page(Generic[R]):
    """Some rows of a list, and the cursor behind which it goes on; none at the end."""

    rows: Sequence[R]
    next: str | None


@dataclass(frozen=True)
class Order:
    """How a list is sorted: by `column`, then by `key`, which makes every row's place its own.

    Where the column may be null, rows without it come last.
    """

    name: str
    column: sa.SQLColumnExpression[Any]
    key: sa.SQLColumnExpression[Any]
    descending: bool = False
    nullable: bool = False

    def sorted(self, query: sa.Select[Any]) -> sa.Select[Any]:
        return query.order_by(*self.directed(self.column, self.key))

    def directed(self, *columns: sa.SQLColumnExpression[Any]) -> list[sa.ColumnElement[Any]]:
        return [column.desc() if self.descending else column.asc() for column in columns]

    def behind(self, query: sa.Select[Any], value: Any, key: Any) -> sa.Select[Any]:
        """The rows after this place. The outer comparison lets the index find it, the inner one decides ties."""
        if value is None:
            return query.where(self.key < key if self.descending else self.key > key)
        if self.descending:
            return query.where(self.column <= value, sa.or_(self.column < value, self.key < key))
        return query.where(self.column >= value, sa.or_(self.column > value, self.key > key))

    def stretches(self, query: sa.Select[Any], cursor: str | None) -> Iterator[sa.Select[Any]]:
        """The rows from a place on; those without a value are a stretch of their own, for the index to carry both."""
        place = self.place_in(cursor) if cursor else None
        ahead = self.behind(query, *place) if place else query
        if not self.nullable:
            yield ahead
            return
        if place is None or place[0] is not None:
            yield ahead.where(self.column.is_not(None))
        yield (query if place is None or place[0] is not None else ahead).where(self.column.is_(None))

    def place_in(self, cursor: str) -> list[Any]:
        columns = (cast("sa.ColumnElement[Any]", column) for column in (self.column, self.key))
        return read_cursor(cursor, self.name, *(column.type for column in columns), nullable=self.nullable)


def page_of(
    query: sa.Select[Any],
    order: Order | Shuffled,
    make: Callable[[Any], R],
    *,
    shows: Shows | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> Page[R]:
    """One page of `query`, whose rows become what `make` makes of them; the query may have no order of its own.

    With `shows` the query only chooses rows of a table. Their keys are found first, by an index alone where there is
    one, and `shows` then adds columns and joins: so what costs something is asked of the page's rows only.
    """
    limit = max(1, min(limit, MOST))
    if isinstance(order, Shuffled):
        return shuffled_page(query, order, make, shows or unchanged, limit, cursor)
    place: tuple[sa.Label[Any], ...] = (order.column.label("page_value"), order.key.label("page_key"))
    chosen = query.with_only_columns(*place, maintain_column_froms=True) if shows else query.add_columns(*place)
    rows: list[Any] = []
    for stretch in order.stretches(chosen, cursor):
        wanted = order.sorted(stretch).limit(limit + 1 - len(rows))
        rows += session().execute(shown(wanted, order, shows) if shows else wanted)
        if len(rows) > limit:
            break
    following = write_cursor(order.name, *rows[limit - 1][-2:]) if len(rows) > limit else None
    return Page([make(row) for row in rows[:limit]], following)


def shown(chosen: sa.Select[Any], order: Order, shows: Shows) -> sa.Select[Any]:
    """What is shown of the rows whose places were chosen, in the same order."""
    page = chosen.subquery("page")
    whole = shows(rows_of(order).join(page, page.c.page_key == order.key))
    place = (page.c.page_value, page.c.page_key)
    return whole.add_columns(*place).order_by(*order.directed(*place))


def unchanged(query: sa.Select[Any]) -> sa.Select[Any]:
    return query


def shuffled_page(
    query: sa.Select[Any], order: Shuffled, make: Callable[[Any], R], shows: Shows, limit: int, cursor: str | None
) -> Page[R]:
    keys, following = next_keys(query, order, limit, cursor)
    whole = shows(rows_of(order).where(order.key.in_(keys))).add_columns(order.key.label("key"))
    rows = {row[-1]: row for row in session().execute(whole)} if keys else {}
    return Page([make(rows[key]) for key in keys if key in rows], following)


def rows_of(order: Order | Shuffled) -> sa.Select[Any]:
    """The rows of the table whose order it is."""
    return sa.select(cast("Any", order.key).class_)
