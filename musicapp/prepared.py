"""Statements that are compiled once: building and compiling is the larger part of what a quick list costs."""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from flask import current_app

from musicapp.database import db, session

Row = tuple[Any, ...]
KEPT = "prepared"
MOST_KEPT = 1_000


class Prepared:
    """A SELECT as one kind of database takes it; only the values of its named parameters change, never their number."""

    def __init__(self, statement: sa.Select[Any], dialect: sa.Dialect) -> None:
        compiled = statement.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
        self.sql = str(compiled)
        self.places = compiled.positiontup
        self.parameters = [
            (name, parameter, parameter.type.dialect_impl(dialect).bind_processor(dialect))
            for name, parameter in compiled.binds.items()
        ]
        self.kinds = [column.type.dialect_impl(dialect) for column in statement.selected_columns]
        self.dialect = dialect
        self.processed: list[tuple[int, Any]] | None = None

    def rows(self, values: Mapping[str, Any]) -> list[Row]:
        """The rows for these values, in the transaction of the session; what it was about to write is there."""
        asked = session()
        if asked.unit is not None:
            asked.flush()
        found = asked.connection().exec_driver_sql(self.sql, self.given(values))
        if self.processed is None:
            self.processed = self.what_to_process(found.cursor)
        return [read(row, self.processed) for row in found.fetchall()]

    def what_to_process(self, cursor: Any) -> list[tuple[int, Any]]:
        """The places of columns that the driver does not give as they are meant, and what makes them so."""
        named = zip(self.kinds, cursor.description, strict=True)
        made = [kind.result_processor(self.dialect, described[1]) for kind, described in named]
        return [(place, process) for place, process in enumerate(made) if process is not None]

    def given(self, values: Mapping[str, Any]) -> Any:
        """What the driver wants: the values by name, or in the order of their places."""
        given = {}
        for name, parameter, process in self.parameters:
            # What a parameter with a name stands for is said anew each time, never taken from who asked first.
            is_fixed = parameter.unique or parameter.callable is not None
            value = parameter.effective_value if is_fixed else values[name]
            given[name] = process(value) if process is not None else value
        return given if self.places is None else tuple(given[name] for name in self.places)


def read(row: Any, processed: list[tuple[int, Any]]) -> Row:
    columns = list(row)
    for place, process in processed:
        columns[place] = process(columns[place])
    return tuple(columns)


def prepared(name: tuple[Any, ...], build: Callable[[], sa.Select[Any]]) -> Prepared:
    """The statement of this name, which `build` builds when it is first asked for; one name is one statement."""
    kept: dict[tuple[Any, ...], Prepared] = current_app.extensions.setdefault(KEPT, {})
    statement = kept.get(name)
    if statement is None:
        if len(kept) >= MOST_KEPT:  # somebody tries all ways to narrow a list: the usual ones are soon back
            kept.clear()
        statement = kept[name] = Prepared(build(), db.engine.dialect)
    return statement
