"""The order of a list, and where in it a page begins."""

from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa

from musicapp.paging.cursors import read_cursor

Columns = tuple[sa.SQLColumnExpression[Any], ...]


@dataclass(frozen=True)
class Stretch:
    """A part of a list that an index carries by itself: behind a place or from its start, with values or without."""

    is_behind: bool
    is_null: bool = False


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

    @property
    def kinds(self) -> list[sa.types.TypeEngine[Any]]:
        """The types of the column and of the key."""
        return [cast("sa.ColumnElement[Any]", column).type for column in (self.column, self.key)]

    def sorted(self, query: sa.Select[Any]) -> sa.Select[Any]:
        return query.order_by(*self.directed(self.column, self.key))

    def directed(self, *columns: sa.SQLColumnExpression[Any]) -> list[sa.ColumnElement[Any]]:
        return [column.desc() if self.descending else column.asc() for column in columns]

    def place_in(self, cursor: str | None) -> dict[str, Any]:
        """The place that a cursor names, as the parameters of `part`; none at the start."""
        if not cursor:
            return {}
        value, key = read_cursor(cursor, self.name, *self.kinds, nullable=self.nullable)
        return {"place_value": value, "place_key": key}

    def stretches(self, place: dict[str, Any]) -> list[Stretch]:
        """What follows a place: rows without a value are a stretch of their own."""
        if not self.nullable:
            return [Stretch(bool(place))]
        if place and place["place_value"] is None:
            return [Stretch(True, is_null=True)]
        return [Stretch(bool(place)), Stretch(False, is_null=True)]

    def part(self, query: sa.Select[Any], stretch: Stretch) -> sa.Select[Any]:
        """The rows of one stretch. The outer comparison lets the index find the place, the inner one decides ties."""
        kinds = zip(("place_value", "place_key"), self.kinds, strict=True)
        value, key = (sa.bindparam(name, type_=kind) for name, kind in kinds)
        if self.nullable:
            query = query.where(self.column.is_(None) if stretch.is_null else self.column.is_not(None))
        if not stretch.is_behind:
            return query
        if stretch.is_null:
            return query.where(self.key < key if self.descending else self.key > key)
        if self.descending:
            return query.where(self.column <= value, sa.or_(self.column < value, self.key < key))
        return query.where(self.column >= value, sa.or_(self.column > value, self.key > key))
