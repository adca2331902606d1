"""The mark on a database into which a move has begun: until it is taken away, no site starts there."""

import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import ProgrammingError, SQLAlchemyError

from musicapp.backup.problems import first_line
from musicapp.clock import now
from musicapp.database import UtcDateTime, close_connections, db
from musicapp.moving.problems import MoveRefused
from musicapp.settings import SettingsError

MARK = "unfinished_move"
TABLE = sa.Table(MARK, sa.MetaData(), sa.Column("begun_at", UtcDateTime(), nullable=False))
UNFINISHED = (
    "MUSICAPP_DATABASE_URL names a database into which a site was being moved, and that did not come to its end. Name "
    "the old one there, which is as it was. Then start the site, or type `flask --app wsgi move-database` with this "
    "one again."
)


def mark(engine: sa.Engine) -> None:
    """Say that a move begins; MoveRefused where the account may make no tables."""
    try:
        with engine.execution_options(writing=True).begin() as connection:
            TABLE.create(connection)
            connection.execute(sa.insert(TABLE).values(begun_at=now()))
    except ProgrammingError as error:
        raise MoveRefused(
            f"No table can be made in the new database: {first_line(error)}. Let the account of its URL own it."
        ) from error


def unmark(engine: sa.Engine) -> None:
    """Say that it came to its end."""
    with engine.execution_options(writing=True).begin() as connection:
        TABLE.drop(connection)


def is_marked(connection: sa.Connection) -> bool:
    return sa.inspect(connection).has_table(MARK)


def refuse_unfinished(app: Flask) -> None:
    """Refuse to make a site of half a database; one that does not answer says so elsewhere."""
    try:
        with app.app_context(), db.engine.connect() as connection:
            unfinished = is_marked(connection)
    except SQLAlchemyError:
        return
    if unfinished:
        close_connections(app)
        raise SettingsError(UNFINISHED)
