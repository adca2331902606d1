"""The search index: tables beside the rows, kept by triggers in the same transaction; nobody has to call anything.

Indexed is what could be public: published or to be published, neither hidden nor deleted, and for songs ready. Whether
somebody may see it now, each search asks the rows themselves. Views say what words a row has; `heat` stands for its
plays and lets the database meet popular rows first.

The index is made by hand in revisions, not by models: its tables begin with `catalog_search_`, which autogenerate
leaves alone. A revision that rebuilds catalog_song, catalog_album or catalog_artist on SQLite (`recreate`), or changes
a column that the views read, would lose the triggers or be refused: it does so inside
`with index_apart(op.get_bind()):`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from plugins.catalog.models.search_index import postgresql, sqlite
from plugins.catalog.models.search_index.views import create_views, drop_views

__all__ = ["create_index", "drop_index", "index_apart"]


def create_index(connection: sa.Connection) -> None:
    """Make the index, fill it with the rows that are there, and let it follow them from now on."""
    database = database_of(connection)
    execute(connection, [*create_views(), *database.tables(), *database.filling(), *database.triggers()])


def drop_index(connection: sa.Connection) -> None:
    """Take the index away with all that follows the rows."""
    execute(connection, [*database_of(connection).dropping(), *drop_views()])


@contextmanager
def index_apart(connection: sa.Connection) -> Iterator[None]:
    """Take the index away while tables are rebuilt, and make it anew."""
    drop_index(connection)
    yield
    create_index(connection)


def database_of(connection: sa.Connection) -> sqlite.Sqlite | postgresql.Postgresql:
    return postgresql.Postgresql() if connection.dialect.name == "postgresql" else sqlite.Sqlite()


def execute(connection: sa.Connection, statements: list[str]) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement)
