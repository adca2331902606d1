"""The two databases of a move, each of its own kind: whose rows are read, and into which they are written."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import sqlalchemy as sa

from musicapp.backup.manifest import Kind
from musicapp.backup.restoring.databases import engine_of
from musicapp.moving.marking import is_marked
from musicapp.moving.tables import Row, Table


class Side(ABC):
    """A database, by its URL; `shown` names it without its password."""

    kind: Kind

    def __init__(self, url: str) -> None:
        self.url = url
        self.shown = sa.make_url(url).render_as_string(hide_password=True).replace("+psycopg", "")

    @abstractmethod
    def refuse_in_use(self) -> None:
        """Refuse while others are seen to work with it."""

    @abstractmethod
    def refuse_unfit(self, needed_bytes: int) -> None:
        """Refuse to write a database of about this size here, where that cannot go well."""

    @abstractmethod
    def is_empty(self) -> bool: ...

    @abstractmethod
    def clear(self) -> None:
        """Take away all that a move made here."""

    @abstractmethod
    def prepare(self) -> None:
        """Be ready to be written to."""

    @abstractmethod
    def settle(self) -> None:
        """Once all is written and closed, have it on disk."""

    @abstractmethod
    def still(self) -> AbstractContextManager[sa.Connection]:
        """A connection that reads one moment of it, while which nobody can write."""

    @abstractmethod
    def rows(self, connection: sa.Connection, table: Table) -> Iterator[tuple[Any, ...]]:
        """The rows of a table as they are, one after the other, however many they are."""

    @abstractmethod
    def write(self, connection: sa.Connection, table: Table, rows: Iterable[Row]) -> None: ...

    @abstractmethod
    def loosened(self, connection: sa.Connection) -> AbstractContextManager[None]:
        """What is looked at with every row is away meanwhile, and is there for all rows afterwards."""

    def is_unfinished(self) -> bool:
        """Whether a move into it has begun and not ended."""
        with engine_of(self.url) as engine, engine.connect() as connection:
            return is_marked(connection)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A connection that only reads."""
        with engine_of(self.url) as engine, engine.connect() as connection:
            yield connection
