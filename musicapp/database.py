"""The database: one engine, one session class, and `writing()`, the only way to change anything.

SQLite and PostgreSQL behave alike: reads run in read-only transactions, a unit of work that writes takes the write
lock (SQLite) before it reads, and a write outside such a unit is refused.
"""

import logging
import random
import sqlite3
import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, cast

import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState, UOWTransaction, registry

log = logging.getLogger(__name__)

UNSYNCED = {"synchronize_session": False}
"""Options of a bulk change or deletion of which no object in this session needs to hear."""

PRAGMAS = ("busy_timeout=10000", "journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON")
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class WriteOutsideWriting(RuntimeError):
    """Something was about to change the database outside `with writing():`."""


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware moment in UTC on every database; a naive one is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; use musicapp.clock.now() or an aware datetime.")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Base of every table; constraints get predictable names, so that migrations can find them."""

    registry = registry(metadata=sa.MetaData(naming_convention=NAMES), type_annotation_map={datetime: UtcDateTime})
    metadata = registry.metadata


class Session(FlaskSession):
    """A session that knows which unit of work it is in."""

    unit: "writing | None" = None

    def commit(self) -> None:
        self.refuse_inside_unit("commit")
        super().commit()

    def rollback(self) -> None:
        self.refuse_inside_unit("roll back")
        super().rollback()

    def refuse_inside_unit(self, what: str) -> None:
        if self.unit is not None and not self.unit.ending:
            raise RuntimeError(f"`with writing():` ends the transaction itself; do not {what} inside it.")


db = SQLAlchemy(model_class=Base, session_options={"class_": Session, "expire_on_commit": False})
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def session() -> Session:
    """The session of this request, job or command."""
    return cast(Session, db.session())


def insert_for(table: Any) -> Any:
    """An INSERT that knows ON CONFLICT, in the words of the site's database."""
    return postgresql.insert(table) if db.engine.dialect.name == "postgresql" else sqlite.insert(table)


def one_at_a_time(name: str) -> None:
    """On PostgreSQL, let the units of work that share a name follow each other; on SQLite all of them do."""
    if db.engine.dialect.name == "postgresql":
        session().execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(name, 0))))


class writing:
    """A unit of work that writes: all of it is committed, or nothing.

    Entering ends the read snapshot and takes SQLite's write lock, so what is read inside is fresh; do no hashing,
    file or network work inside. Inner blocks join the outer one. Callbacks given to `after_commit` run once, after
    the real commit.
    """

    attempts = 5
    patience_s = 15.0
    """No attempt begins later than this: who asks has a thread of the site meanwhile."""

    def __init__(self) -> None:
        self.session = session()
        self.outer: writing | None = None
        self.ending = False
        self.failed_inside: BaseException | None = None
        self.callbacks: list[Callable[[], object]] = []

    def __enter__(self) -> Session:
        s = self.session
        self.outer = s.unit
        if self.outer is not None:
            return s
        refuse_pending(s)
        s.rollback()
        s.expire_all()
        self.take_lock()
        s.unit = self
        return s

    def take_lock(self) -> None:
        """Nothing has run yet when the lock is not to be had, so asking again is safe."""
        began = time.monotonic()
        for attempt in range(1, self.attempts + 1):
            try:
                self.session.connection(execution_options={"writing": True})
                return
            except OperationalError:
                self.session.rollback()
                if attempt == self.attempts or time.monotonic() - began > self.patience_s:
                    raise
                time.sleep(random.uniform(0.01, 0.1))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        if self.outer is not None:
            self.outer.failed_inside = self.outer.failed_inside or error
            return False
        self.end(error)
        if error is None:
            self.run_callbacks()
        return False

    def end(self, error: BaseException | None) -> None:
        s = self.session
        self.ending = True
        try:
            if error is None and self.failed_inside is not None:
                raise RuntimeError("an inner writing() failed and its error was swallowed") from self.failed_inside
            if error is None:
                s.commit()
            else:
                s.rollback()
        except BaseException:
            s.rollback()
            raise
        finally:
            s.unit = None

    def run_callbacks(self) -> None:
        for callback in self.callbacks:
            try:
                callback()
            except Exception:
                log.exception("What %r was to do after the commit failed.", callback)
            finally:
                self.session.rollback()  # what it read leaves no snapshot behind


def after_commit(callback: Callable[[], object]) -> None:
    """Run `callback` after the commit of the unit of work we are in, or at once where there is none."""
    unit = session().unit
    if unit is None:
        callback()
    else:
        unit.callbacks.append(callback)


def refuse_pending(s: Session) -> None:
    if s.new or s.dirty or s.deleted:
        raise WriteOutsideWriting(f"{names(s)} changed before `with writing():`; make the change inside it.")


def names(s: Session) -> str:
    return ", ".join(sorted({type(row).__name__ for row in [*s.new, *s.dirty, *s.deleted]}))


def listen(engine: sa.Engine) -> None:
    """Give one engine our rules for beginning transactions."""

    @event.listens_for(engine, "connect")
    def connect(dbapi: Any, _record: object) -> None:
        if engine.dialect.name == "sqlite":
            dbapi.isolation_level = None  # the driver never begins by itself
            for pragma in PRAGMAS:
                dbapi.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = bool(connection.get_execution_options().get("writing", False))
        dbapi: Any = connection.connection.dbapi_connection
        if connection.dialect.name != "sqlite":
            dbapi.read_only = not writes  # psycopg then sends BEGIN READ ONLY, without another round trip
            return
        if connection.info.get("writes") is not writes:  # info lives as long as the pooled connection
            dbapi.execute(f"PRAGMA query_only={0 if writes else 1}")
            connection.info["writes"] = writes
        try:
            dbapi.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
        except sqlite3.OperationalError as error:  # past SQLAlchemy, which would have told it so
            raise OperationalError("BEGIN", None, error) from error

    @event.listens_for(engine, "handle_error")
    def refuse_sql(context: sa.engine.ExceptionContext) -> None:
        """SQL that is written out passes the session's rules; a file that takes nothing says the same of all writes."""
        reads = context.connection is not None and context.connection.info.get("writes") is False
        if reads and getattr(context.original_exception, "sqlite_errorname", "") == "SQLITE_READONLY":
            raise WriteOutsideWriting(f"{context.statement} outside `with writing():`.")


def close_connections(app: Flask) -> None:
    """Close what an app holds of its databases, where it is done before its process is."""
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


@event.listens_for(Session, "before_flush")
def refuse_flush(s: Session, _context: UOWTransaction, _instances: object) -> None:
    if s.unit is None and (s.new or s.dirty or s.deleted):
        raise WriteOutsideWriting(f"{names(s)} changed outside `with writing():`.")


@event.listens_for(Session, "do_orm_execute")
def refuse_statement(state: ORMExecuteState) -> None:
    if (state.is_insert or state.is_update or state.is_delete) and cast(Session, state.session).unit is None:
        raise WriteOutsideWriting("INSERT, UPDATE or DELETE outside `with writing():`.")
