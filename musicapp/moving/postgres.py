"""PostgreSQL's side of a move."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import sqlalchemy as sa

from musicapp.backup.restoring.databases import PostgresSchema, engine_of
from musicapp.moving.problems import MoveRefused
from musicapp.moving.sides import Side
from musicapp.moving.tables import Row, Table, moved_names

ROWS_AT_ONCE = 500
# All that lies in the schema and belongs to no extension, with the word by which it is dropped.
LYING = """
    SELECT word, name FROM (
        SELECT 'pg_class'::regclass AS of, oid, oid::regclass::text AS name, relnamespace AS schema,
            CASE relkind WHEN 'r' THEN 'TABLE' WHEN 'p' THEN 'TABLE' WHEN 'v' THEN 'VIEW'
                WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' END AS word FROM pg_class
        UNION ALL SELECT 'pg_proc'::regclass, oid, oid::regprocedure::text, pronamespace, 'ROUTINE' FROM pg_proc
        UNION ALL SELECT 'pg_type'::regclass, oid, oid::regtype::text, typnamespace, 'TYPE' FROM pg_type
            WHERE typtype IN ('e', 'd')
    ) AS lying
    WHERE word IS NOT NULL AND schema = current_schema()::regnamespace AND NOT EXISTS (
        SELECT FROM pg_depend WHERE classid = lying.of AND objid = lying.oid AND deptype = 'e')"""
FOREIGN_KEYS = """
    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
        format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY oid"""
INDEXES = """
    SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
    FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid) ORDER BY indexrelid"""
SEQUENCES = """
    SELECT table_name, column_name, pg_get_serial_sequence(quote_ident(table_name), column_name)
    FROM information_schema.columns WHERE table_schema = current_schema()
    AND pg_get_serial_sequence(quote_ident(table_name), column_name) IS NOT NULL"""


class Postgres(Side):
    """The schema of a PostgreSQL database in which the site's tables lie."""

    kind = "postgresql"

    def refuse_in_use(self) -> None:
        PostgresSchema(self.url).refuse_in_use()

    def refuse_unfit(self, needed_bytes: int) -> None:
        with self.reading() as connection:
            encoding = connection.scalar(sa.text("SHOW server_encoding"))
        if encoding != "UTF8":
            raise MoveRefused(f"The new database keeps texts as {encoding}. Make one with ENCODING 'UTF8'.")

    def is_empty(self) -> bool:
        with self.reading() as connection:
            return run(connection, LYING).fetchone() is None

    def clear(self) -> None:
        with engine_of(self.url) as engine, engine.execution_options(writing=True).begin() as connection:
            for word, name in run(connection, LYING).fetchall():
                run(connection, f"DROP {word} IF EXISTS {name} CASCADE")

    def prepare(self) -> None:
        """It is."""

    def settle(self) -> None:
        """The server has done so."""

    @contextmanager
    def still(self) -> Iterator[sa.Connection]:
        with engine_of(self.url) as engine:
            with engine.connect() as connection:
                names = ", ".join(f'"{name}"' for name in moved_names(connection))
            options = {"isolation_level": "REPEATABLE READ", "writing": True}
            with engine.connect().execution_options(**options) as connection, connection.begin():
                if names:
                    run(connection, f"LOCK TABLE {names} IN SHARE MODE")
                speak_plainly(connection)
                yield connection

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        with super().reading() as connection, connection.begin():
            speak_plainly(connection)
            yield connection

    def rows(self, connection: sa.Connection, table: Table) -> Iterator[tuple[Any, ...]]:
        columns = ", ".join(f'"{column.name}"{column.cast}' for column in table.columns)
        with driver(connection).cursor("moved") as cursor:
            cursor.itersize = ROWS_AT_ONCE
            cursor.execute(f'SELECT {columns} FROM "{table.name}"'.encode())
            yield from cursor

    def write(self, connection: sa.Connection, table: Table, rows: Iterable[Row]) -> None:
        statement = f'COPY "{table.name}" ({table.names}) FROM STDIN'
        with driver(connection).cursor() as cursor, cursor.copy(statement.encode()) as copy:
            for row in rows:
                copy.write_row(row)

    @contextmanager
    def loosened(self, connection: sa.Connection) -> Iterator[None]:
        """Foreign keys and indexes are away while rows come in any order, and are made of all of them at once."""
        speak_plainly(connection)
        keys, indexes = (run(connection, query).fetchall() for query in (FOREIGN_KEYS, INDEXES))
        for drop, _ in [*keys, *indexes]:
            run(connection, drop)
        yield
        for _, make in [*indexes, *keys]:
            run(connection, make)
        set_sequences(connection)
        for name in moved_names(connection):
            run(connection, f'ANALYZE "{name}"')


def set_sequences(connection: sa.Connection) -> None:
    """Let every sequence go on behind the highest number that a row has."""
    for table, column, sequence in run(connection, SEQUENCES).fetchall():
        run(connection, f'SELECT setval(\'{sequence}\', greatest(max("{column}"), 1), count(*) > 0) FROM "{table}"')


def speak_plainly(connection: sa.Connection) -> None:
    """Have moments given and taken in UTC, and numbers with all their digits, whatever the server or the account is set
    to."""
    run(connection, "SET LOCAL TIME ZONE 'UTC'")
    run(connection, "SET LOCAL datestyle = 'ISO'")
    run(connection, "SET LOCAL extra_float_digits = 1")


def run(connection: sa.Connection, statement: str) -> psycopg.Cursor[Any]:
    """Run SQL as it stands, in the transaction of this connection."""
    return driver(connection).execute(statement.encode())


def driver(connection: sa.Connection) -> psycopg.Connection[Any]:
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, psycopg.Connection)
    return raw
