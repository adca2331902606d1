"""The steps of a move that go through all rows: looked at, copied, and looked at again."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TypeVar

import psycopg
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from musicapp.backup.archive import Progress
from musicapp.backup.restoring.fitting import KINDS
from musicapp.migrating import schema_change
from musicapp.moving.plugins import Plan, plugins_aside
from musicapp.moving.problems import MoveRefused
from musicapp.moving.sides import Side
from musicapp.moving.sqlite import Sqlite
from musicapp.moving.sums import Sum
from musicapp.moving.tables import Table
from musicapp.moving.values import Unfit

Of = TypeVar("Of")
TOLD = 20
TOLD_EVERY = 1000
Sums = dict[str, Sum]


class Passing:
    """Tells how many rows have passed, of how many."""

    def __init__(self, total: int, progress: Progress) -> None:
        self.done, self.total, self.progress = 0, total, progress

    def through(self, rows: Iterable[Of]) -> Iterator[Of]:
        for row in rows:
            yield row
            self.done += 1
            if self.done % TOLD_EVERY == 0 or self.done == self.total:
                self.progress(self.done, self.total)


class Problems:
    """What the other database does not take: the first of it in sentences, and how much there is."""

    def __init__(self) -> None:
        self.first: list[str] = []
        self.count = 0

    def add(self, sentences: Iterable[str]) -> None:
        for sentence in sentences:
            self.count += 1
            if len(self.first) < TOLD:
                self.first.append(sentence)

    def refuse(self, other: str) -> None:
        """Raise MoveRefused where there is anything."""
        if not self.count:
            return
        more = [f"And {self.count - TOLD:,} more."] if self.count > TOLD else []
        advice = "Change them where they are, and type the command again. Nothing was written to the new database."
        raise MoveRefused("\n".join([f"{other} does not take what stands in these rows:", *self.first, *more, advice]))


def looked_through(source: Side, here: sa.Connection, tables: list[Table], passing: Passing) -> Sums:
    """The sum of every table; MoveRefused names what the other database does not take."""
    problems, sums = Problems(), {}
    for table in tables:
        sums[table.name] = Sum()
        for row in passing.through(source.rows(here, table)):
            try:
                sums[table.name].add(table.plain(row))
            except Unfit:
                problems.add(table.unfit(row))
    if isinstance(source, Sqlite):
        problems.add(source.loose_ends(here, [table.name for table in tables]))
    problems.refuse(KINDS["postgresql" if source.kind == "sqlite" else "sqlite"])
    return sums


def copied(
    source: Side,
    here: sa.Connection,
    target: Side,
    engine: sa.Engine,
    plan: Plan,
    tables: list[Table],
    passing: Passing,
) -> None:
    """Write all rows in one transaction; what the revisions had put into the tables makes way."""
    name = ""
    try:
        with schema_change(engine) as there, plugins_aside(there, plan.folders), target.loosened(there):
            for table in tables:
                there.exec_driver_sql(f'DELETE FROM "{table.name}"')
            for table in tables:
                name = table.name
                target.write(there, table, map(table.plain, passing.through(source.rows(here, table))))
    except (DBAPIError, psycopg.Error, sqlite3.Error) as error:
        said = str(error.orig if isinstance(error, DBAPIError) else error).strip()
        raise MoveRefused(f"The rows could not be written, at or after {name}: {said}") from error


def compared(target: Side, tables: list[Table], expected: Sums, passing: Passing) -> None:
    """Read the new database, and refuse it where it is not the old one."""
    other = []
    with target.reading() as there:
        for table in tables:
            found = Sum()
            for row in passing.through(target.rows(there, table)):
                with suppress(Unfit):  # then it is none of the rows that were read
                    found.add(table.plain(row))
            if found != expected[table.name]:
                other.append(f"{table.name} ({found.rows:,} rows, and {expected[table.name].rows:,} were read)")
    if other:
        raise MoveRefused(f"The new database is not the old one: {'; '.join(other)}.")
