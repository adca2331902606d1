"""Inserts that mind what is there already, alike on SQLite and PostgreSQL."""

from typing import Any

import sqlalchemy as sa

from musicapp.database import db, insert_for, session


def insert_new(table: Any, **values: Any) -> int | None:
    """The id of a new row, or None when a unique one of its kind stands there already."""
    insert = insert_for(table).values(**values).on_conflict_do_nothing().returning(table.id)
    made: int | None = session().execute(insert).scalar()
    return made


def one_at_a_time(name: str) -> None:
    """On PostgreSQL, let the units of work that share a name follow each other; on SQLite all of them do."""
    if db.engine.dialect.name == "postgresql":
        session().execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(name, 0))))
