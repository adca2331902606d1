"""What a database holds, counted the same way when a backup is made, checked and restored."""

import re

import sqlalchemy as sa

VERSIONS = "alembic_version_"
SEARCH_INDEX = re.compile(r"[a-z0-9]+_search_")


def counted_tables(names: list[str]) -> list[str]:
    """The tables whose rows are counted: all but the insides of search indexes, which the database keeps for itself."""
    return sorted(name for name in names if not SEARCH_INDEX.match(name))


def count_rows(connection: sa.Connection) -> dict[str, int]:
    """How many rows each table has."""
    tables = counted_tables(sa.inspect(connection).get_table_names())
    return {name: connection.scalar(sa.select(sa.func.count()).select_from(sa.table(name))) or 0 for name in tables}


def recorded_revisions(connection: sa.Connection) -> dict[str, list[str]]:
    """At which migrations the tables of each plugin are."""
    tables = [name for name in sa.inspect(connection).get_table_names() if name.startswith(VERSIONS)]
    number: sa.ColumnClause[str] = sa.column("version_num")
    return {
        name.removeprefix(VERSIONS): sorted(connection.scalars(sa.select(number).select_from(sa.table(name))))
        for name in sorted(tables)
    }
