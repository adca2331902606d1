"""The database as it is at one moment, while the site goes on writing: read by queries, and written to one file."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol

import sqlalchemy as sa

from musicapp.backup import postgres
from musicapp.clock import now


class Snapshot(Protocol):
    """One moment of a database: all that `connection` reads, and the file that `write` makes, are of the same one."""

    connection: sa.Connection
    at: datetime

    def write(self, path: Path) -> None: ...


class SqliteSnapshot:
    """A reading transaction; the copy is made page by page inside it, and no writer waits for it."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        connection.exec_driver_sql("SELECT 1 FROM sqlite_master").close()  # the moment is that of the first reading
        self.at = now()

    def write(self, path: Path) -> None:
        raw = self.connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        with closing(sqlite3.connect(path)) as copy:
            raw.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, with nothing beside it


class PostgresSnapshot:
    """A snapshot that PostgreSQL exports, so that pg_dump sees what the queries saw."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self.at = now()
        self.name = str(connection.scalar(sa.select(sa.func.pg_export_snapshot())))

    def write(self, path: Path) -> None:
        postgres.dump(self.connection, path, self.name)


@contextmanager
def snapshot(engine: sa.Engine) -> Iterator[Snapshot]:
    """The database as it is now."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            yield SqliteSnapshot(connection)
        return
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        yield PostgresSnapshot(connection)


def size_bytes(connection: sa.Connection) -> int:
    """About how much room a copy takes."""
    if connection.dialect.name == "sqlite":
        pages, page_bytes = (connection.exec_driver_sql(f"PRAGMA {of}").scalar() for of in ("page_count", "page_size"))
        return int(pages or 0) * int(page_bytes or 0)
    return int(connection.scalar(sa.select(sa.func.pg_database_size(sa.func.current_database()))) or 0)
