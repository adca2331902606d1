"""Lists by keyset: a page begins behind the last row of the page before, so its cost never depends on how far it is."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

import sqlalchemy as sa

from musicapp.database import db
from musicapp.errors import Invalid

R = TypeVar("R")
MOST = 500


@dataclass(frozen=True)
class Page(Generic[R]):
    """Some rows of a list, and the cursor behind which it goes on; none at the end."""

    rows: Sequence[R]
    next: str | None


@dataclass(frozen=True)
class Order:
    """How a list is sorted: by `column`, then by `key`, which makes every row's place its own."""

    name: str
    column: sa.SQLColumnExpression[Any]
    key: sa.SQLColumnExpression[Any]
    descending: bool = False

    def sorted(self, query: sa.Select[Any]) -> sa.Select[Any]:
        if self.descending:
            return query.order_by(self.column.desc(), self.key.desc())
        return query.order_by(self.column, self.key)

    def behind(self, query: sa.Select[Any], value: Any, key: Any) -> sa.Select[Any]:
        """The rows after this place. The outer comparison lets the index find it, the inner one decides ties."""
        if self.descending:
            return query.where(self.column <= value, sa.or_(self.column < value, self.key < key))
        return query.where(self.column >= value, sa.or_(self.column > value, self.key > key))


def page_of(
    query: sa.Select[Any], order: Order, make: Callable[[Any], R], *, limit: int = 50, cursor: str | None = None
) -> Page[R]:
    """One page of `query`, whose rows become what `make` makes of them; the query may have no order of its own."""
    limit = max(1, min(limit, MOST))
    query = order.sorted(query.add_columns(order.column.label("page_value"), order.key.label("page_key")))
    if cursor:
        query = order.behind(query, *read_cursor(cursor, order))
    rows = db.session.execute(query.limit(limit + 1)).all()
    shown = rows[:limit]
    following = write_cursor(order, shown[-1]) if len(rows) > limit else None
    return Page([make(row) for row in shown], following)


def write_cursor(order: Order, row: Any) -> str:
    value = row.page_value
    kind = "t" if isinstance(value, datetime) else "v"
    text = json.dumps([order.name, kind, value.isoformat() if kind == "t" else value, row.page_key])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str, order: Order) -> tuple[Any, Any]:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        name, kind, value, key = json.loads(text)
        place = (datetime.fromisoformat(value) if kind == "t" else value, key)
    except (ValueError, TypeError, binascii.Error):
        name, place = "", ("", 0)
    if name != order.name or not fits(place, order):
        wrong = "This cursor does not belong to this list. Begin again without one."
        raise Invalid(wrong, {"cursor": [wrong]})
    return place


def fits(place: tuple[Any, Any], order: Order) -> bool:
    """Whether both parts are what the columns hold, so that a made-up cursor cannot upset the database."""
    columns = (cast("sa.ColumnElement[Any]", order.column), cast("sa.ColumnElement[Any]", order.key))
    return all(fits_column(part, column.type) for part, column in zip(place, columns, strict=True))


def fits_column(part: object, kind: sa.types.TypeEngine[Any]) -> bool:
    if isinstance(part, bool) or not isinstance(part, kind.python_type):
        return False
    return not isinstance(part, int) or abs(part) < 2 ** (63 if isinstance(kind, sa.BigInteger) else 31)
