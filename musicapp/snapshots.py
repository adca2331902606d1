"""Reading much over some time as it was at one moment, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Executable, Result

from musicapp.database import Session, db, session


@contextmanager
def one_snapshot() -> Iterator[Session]:
    """Let every statement inside see the database as the first one does; nothing can be written inside.

    On SQLite a reading transaction is like that by itself, on PostgreSQL it must be asked for.
    """
    reading = session()
    reading.rollback()
    try:
        if db.engine.dialect.name == "postgresql":
            reading.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield reading
    finally:
        reading.rollback()


def streamed(query: Executable, at_once: int = 500) -> Result[*tuple[Any, ...]]:
    """The rows of a query of any length, so many of them in memory; enter `one_snapshot()` before."""
    return session().execute(query.execution_options(yield_per=at_once))
