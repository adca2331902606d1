"""SQLite's side of a move."""

import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from musicapp.backup.restoring.databases import SqliteFile, engine_of
from musicapp.backup.words import sized
from musicapp.moving.problems import MoveRefused
from musicapp.moving.sides import Side
from musicapp.moving.tables import Row, Table
from musicapp.storage.store import sync_folder

CACHE_KB = 65536
# Bytes that are no UTF-8 arrive as signs that no text may hold, and so are found.
AS_IT_IS = partial(str, encoding="utf-8", errors="surrogateescape")


class Sqlite(Side):
    """A file; rows of any type may stand in any of its columns."""

    kind = "sqlite"

    def __init__(self, url: str) -> None:
        super().__init__(url)
        path = Path(sa.make_url(url).database or "")
        if not path.is_absolute():
            raise MoveRefused("Name the SQLite file by its whole path, as sqlite:////srv/music/musicapp.db")
        self.file = SqliteFile(path)

    def refuse_in_use(self) -> None:
        """Nobody can tell; `still` keeps the others from writing."""

    def refuse_unfit(self, needed_bytes: int) -> None:
        """The rows stand in the journal first, and then in the file."""
        folder = next(parent for parent in self.file.path.parents if parent.is_dir())
        free = shutil.disk_usage(folder).free
        if free < 2 * needed_bytes:
            raise MoveRefused(f"It takes about {sized(2 * needed_bytes)}, and {folder} has room for {sized(free)}.")

    def is_empty(self) -> bool:
        """A file without any table is so too: a move that was killed before it could make its mark leaves one."""
        if not self.file.path.exists():
            return self.file.is_empty()
        with self.reading() as connection:
            return connection.exec_driver_sql("SELECT name FROM sqlite_master").first() is None

    def clear(self) -> None:
        for path in self.file.found:
            path.unlink()

    def prepare(self) -> None:
        self.file.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.file.path.touch(mode=0o600)

    def settle(self) -> None:
        sync_folder(self.file.path.parent)

    @contextmanager
    def still(self) -> Iterator[sa.Connection]:
        with engine_of(self.url) as engine, engine.execution_options(writing=True).begin() as connection:
            yield connection

    def rows(self, connection: sa.Connection, table: Table) -> Iterator[tuple[Any, ...]]:
        raw = driver(connection)
        before, raw.text_factory = raw.text_factory, AS_IT_IS
        try:
            yield from raw.execute(f'SELECT {table.names} FROM "{table.name}"')
        finally:
            raw.text_factory = before

    def write(self, connection: sa.Connection, table: Table, rows: Iterable[Row]) -> None:
        places = ", ".join("?" for _ in table.columns)
        driver(connection).executemany(f'INSERT INTO "{table.name}" ({table.names}) VALUES ({places})', rows)

    @contextmanager
    def loosened(self, connection: sa.Connection) -> Iterator[None]:
        """Only the room for indexes grows: the transaction of a schema change looks at foreign keys at its end."""
        connection.exec_driver_sql(f"PRAGMA cache_size=-{CACHE_KB}")
        yield

    def loose_ends(self, connection: sa.Connection, names: list[str]) -> Iterator[str]:
        """Rows that point to what is not there, each as a sentence; PostgreSQL would refuse them."""
        for name in names:
            for _, row_id, parent, number in connection.exec_driver_sql(f'PRAGMA foreign_key_check("{name}")'):
                columns = ", ".join(pointing(connection, name, number))
                row = "a row" if row_id is None else f"rowid {row_id}"  # a table WITHOUT ROWID has none
                yield f"{name}, {row}: {columns} points to a row of {parent} that is not there."


def pointing(connection: sa.Connection, table: str, number: int) -> list[str]:
    """The columns of a foreign key, by the number that SQLite gives it."""
    keys = connection.exec_driver_sql(f'PRAGMA foreign_key_list("{table}")')
    return [str(key[3]) for key in keys if key[0] == number]


def driver(connection: sa.Connection) -> sqlite3.Connection:
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, sqlite3.Connection)
    return raw
