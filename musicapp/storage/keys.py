"""Columns that name files of the store, so that backups take along what rows name, and nothing else."""

import re
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

LONGEST_KEY = 120
NOBODYS = re.compile(r"alembic_version_|[a-z0-9]+_search_")


class StoredKey(sa.String):
    """The type of a column that holds the key of a stored file.

    `passing` files are made for a few days and made again by whoever wants them: backups leave them out.
    """

    def __init__(self, length: int = LONGEST_KEY, *, passing: bool = False) -> None:
        super().__init__(length)
        self.passing = passing


def named_keys(connection: sa.Connection, metadata: sa.MetaData, *, passing: bool = False) -> Iterator[str]:
    """The keys that the rows of a database name, each of them at least once; those of `passing` files on wish."""
    for column in key_columns(connection, metadata, passing=passing):
        yield from connection.scalars(sa.select(column).where(column.is_not(None), column != "")).yield_per(1000)


def key_columns(connection: sa.Connection, metadata: sa.MetaData, *, passing: bool) -> list[sa.Column[Any]]:
    """The columns of this kind that the database has; one that waits for its upgrade may lack some."""
    there = sa.inspect(connection)
    tables = set(there.get_table_names())
    found = []
    for table in metadata.sorted_tables:
        keys = [c for c in table.columns if isinstance(c.type, StoredKey) and (passing or not c.type.passing)]
        if keys and table.name in tables:
            columns = {column["name"] for column in there.get_columns(table.name)}
            found += [column for column in keys if column.name in columns]
    return found


def unknown_tables(connection: sa.Connection, metadata: sa.MetaData) -> list[str]:
    """The tables of plugins that do not run: what their columns name is not known."""
    names = sa.inspect(connection).get_table_names()
    return sorted(name for name in names if name not in metadata.tables and not NOBODYS.match(name))
