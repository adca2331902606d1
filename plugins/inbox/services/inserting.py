"""Inserts that mind what is there already, alike on SQLite and PostgreSQL."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from musicapp.database import Model, db


def insert_for(model: type[Model]) -> Any:
    """An INSERT that knows ON CONFLICT, in the words of the site's database."""
    return postgresql.insert(model) if db.engine.dialect.name == "postgresql" else sqlite.insert(model)
