"""Inserts that mind what is there already, alike on SQLite and PostgreSQL."""

from typing import Any

from musicapp.database import insert_for, one_at_a_time, session

__all__ = ["insert_new", "one_at_a_time"]


def insert_new(table: Any, **values: Any) -> int | None:
    """The id of a new row, or None when a unique one of its kind stands there already."""
    insert = insert_for(table).values(**values).on_conflict_do_nothing().returning(table.id)
    made: int | None = session().execute(insert).scalar()
    return made
