"""The tables that a move copies, as PostgreSQL describes them: what their columns are and may hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from musicapp.backup.contents import VERSIONS, counted_tables
from musicapp.moving.marking import MARK
from musicapp.moving.problems import MoveRefused
from musicapp.moving.values import Plain, Rule, Unfit, cast_of, rule_of

Row = tuple[Plain | None, ...]


@dataclass(frozen=True)
class Column:
    """One column: the rule for its values, and what PostgreSQL casts it to when it is read."""

    name: str
    rule: Rule
    cast: str


@dataclass(frozen=True)
class Table:
    """One table; `key` are the names of the columns by which a row is told from the others."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @cached_property
    def rules(self) -> list[Rule]:
        return [column.rule for column in self.columns]

    @property
    def names(self) -> str:
        """The columns as SQL lists them."""
        return ", ".join(f'"{column.name}"' for column in self.columns)

    def plain(self, row: tuple[Any, ...]) -> Row:
        """A row as it crosses over; raises Unfit."""
        return tuple([None if value is None else rule(value) for rule, value in zip(self.rules, row, strict=True)])

    def unfit(self, row: tuple[Any, ...]) -> Iterator[str]:
        """What is wrong with a row, each as a sentence."""
        for column, value in zip(self.columns, row, strict=True):
            try:
                if value is not None:
                    column.rule(value)
            except Unfit as problem:
                yield f"{self.name}, {self.place(row)}: {column.name} {problem}."

    def place(self, row: tuple[Any, ...]) -> str:
        """Which row it is, in the words of its key."""
        named = {column.name: value for column, value in zip(self.columns, row, strict=True)}
        return ", ".join(f"{name} {named[name]!r}" for name in self.key or list(named)[:3])


def moved_names(connection: sa.Connection) -> list[str]:
    """The tables whose rows are copied: all but the versions, which revisions write, and the insides of indexes."""
    names = counted_tables(sa.inspect(connection).get_table_names())
    return [name for name in names if name != MARK and not name.startswith(VERSIONS)]


def tables_of(connection: sa.Connection, names: list[str]) -> list[Table]:
    """How PostgreSQL describes these tables; what the database makes by itself in a row is left out."""
    there = sa.inspect(connection)
    found = []
    for name in names:
        described = [column for column in there.get_columns(name) if not column.get("computed")]
        columns = [column_of(name, str(one["name"]), one["type"]) for one in described]
        key = tuple(there.get_pk_constraint(name)["constrained_columns"])
        found.append(Table(name, tuple(columns), key))
    return found


def column_of(table: str, name: str, kind: sa.types.TypeEngine[Any]) -> Column:
    rule = rule_of(kind)
    if rule is None:
        raise MoveRefused(
            f"{table}.{name} is of the type {kind!r}, of which no value is the same on SQLite and PostgreSQL. "
            "Only whoever wrote its plugin can say how it is to be moved."
        )
    return Column(name, rule, cast_of(kind))


def refuse_other_columns(connection: sa.Connection, tables: list[Table]) -> None:
    """Refuse tables that have other columns here than the same revisions made there: somebody changed them by hand."""
    there = sa.inspect(connection)
    for table in tables:
        here = {str(column["name"]) for column in there.get_columns(table.name) if not column.get("computed")}
        if other := sorted(here ^ {column.name for column in table.columns}):
            raise MoveRefused(
                f"{table.name} has not the columns that its revisions make: {', '.join(other)} differ. "
                "Make the tables what they were first."
            )
