"""What lists of music can be narrowed to, said once for songs and albums."""

from collections.abc import Callable
from typing import Any, TypedDict

import sqlalchemy as sa

from musicapp.paging import Choice
from plugins.catalog.models import Album, Song

Table = type[Song] | type[Album]


class Narrowing(TypedDict, total=False):
    """What a list of music is narrowed to; what is not given, or None, narrows nothing. Years are inclusive."""

    artist_id: int | None
    genre_id: int | None
    year: int | None
    from_year: int | None
    to_year: int | None


def given(name: str, kind: type[sa.types.TypeEngine[Any]] = sa.Integer) -> sa.BindParameter[Any]:
    return sa.bindparam(name, type_=kind)


def walked(year: sa.SQLColumnExpression[int | None]) -> sa.SQLColumnExpression[int]:
    """A year that is looked at while the index of an order is walked, which holds it. By an index of its own, all of
    some years would be found and sorted, when the next fifty are wanted."""
    return sa.func.nullif(year, sa.literal_column("0", sa.Integer))


CONDITIONS: dict[str, Callable[[Any], sa.ColumnElement[bool]]] = {
    "artist_id": lambda table: table.artist_id == given("artist_id"),
    "genre_id": lambda table: table.genre_id == given("genre_id"),
    "year": lambda table: table.year == given("year"),
    "from_year": lambda table: table.year >= given("from_year"),
    "to_year": lambda table: table.year <= given("to_year"),
    "kind": lambda table: table.kind == given("kind", sa.String),
    "hide_explicit": lambda table: sa.not_(table.explicit),
}
WHILE_WALKING: dict[str, Callable[[Any], sa.ColumnElement[bool]]] = {
    "from_year": lambda table: walked(table.year) >= given("from_year"),
    "to_year": lambda table: walked(table.year) <= given("to_year"),
}
WALKED_ORDERS = ("newest", "title", "popular")


def narrowed(table: Table, everything: Callable[[], sa.Select[Any]], sort: str, to: dict[str, Any]) -> Choice:
    """The songs or albums of a query that fit, as a list whose statements are compiled once for each set of words."""
    values = {name: value for name, value in to.items() if value not in (None, False)}
    words = tuple(sorted(values))
    conditions = {**CONDITIONS, **WHILE_WALKING} if sort in WALKED_ORDERS else CONDITIONS

    def query() -> sa.Select[Any]:
        return everything().where(*(conditions[word](table) for word in words))

    return Choice(query, (table.__tablename__, *words), values)
