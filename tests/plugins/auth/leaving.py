"""Leaving for tests: somebody whose days are over is erased, and what is left of them is looked for everywhere."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from flask import Flask

from musicapp.clock import now
from musicapp.database import Model, db, writing
from musicapp.jobs import enqueue
from plugins.auth.models import Leaving
from plugins.auth.services.leaving import asking
from tests.people import Somebody
from tests.plugins.catalog.music import work


def left(app: Flask, person: Somebody, **answers: str) -> None:
    """Let somebody delete their account, and so many days pass that it is to be erased."""
    with app.app_context():
        asking.leave(person.id, person.password, answers)
    let_days_pass(app, person)


def let_days_pass(app: Flask, person: Somebody) -> None:
    """Let the days be over in which somebody could take it back."""
    with app.app_context(), writing() as unit:
        over = sa.update(Leaving).where(Leaving.user_id == person.id)
        unit.execute(over.values(erase_at=now() - timedelta(minutes=1)))


def do_daily_job(app: Flask, period: str = "2026-12-06") -> None:
    """Do what the calendar asks for once a day, and all that follows from it."""
    with app.app_context(), writing():
        said = {"period": period, "since": "", "until": ""}
        enqueue("auth.erase_due_accounts", said, key=period)
    work(app)


def where_person_stands(app: Flask, person: Somebody) -> list[str]:
    """The columns that point to somebody, and those in whose words their name or address stands."""
    found = []
    with app.app_context():
        there = set(sa.inspect(db.engine).get_table_names())  # another test may have declared one that is nowhere
        for table in [table for table in Model.metadata.sorted_tables if table.name in there]:
            for column in table.columns:
                if number_of(column, meant(column, person)):
                    found.append(f"{table.name}.{column.name}")
    return found


def meant(column: sa.Column[Any], person: Somebody) -> sa.ColumnElement[bool]:
    """Whether a column means somebody: by a key, by their own name in the ledger, or in words."""
    if any(key.target_fullname == "auth_user.id" for key in column.foreign_keys) or column.name == "person_id":
        return column == person.id
    if isinstance(column.type, sa.String | sa.JSON):
        words = sa.func.lower(sa.cast(column, sa.Text))
        named = [words.contains(said.lower(), autoescape=True) for said in (person.name, person.email)]
        return sa.or_(*named, words == f"u{person.id}")
    return sa.false()


def number_of(column: sa.Column[Any], which: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(column.table).where(which)) or 0
