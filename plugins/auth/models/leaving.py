"""The tables of leaving: what people take along, whose account is to be erased and when, and which numbers are gone."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from musicapp.clock import now
from musicapp.database import Model
from musicapp.storage.keys import StoredKey
from plugins.auth.models.people import User

OPEN = sa.text("state = 'open'")


class DataCopy(Model):
    """A ZIP of everything that one person owns here; one at a time is made for each.

    `state` is open, ready, failed or expired; while it is open its job says more. `secret` is the part of its address
    that nobody guesses. `file_key` is empty once the file is gone.
    """

    __tablename__ = "auth_data_copy"
    __table_args__ = (
        sa.Index(None, "user_id", "id"),
        sa.Index("uq_auth_data_copy_open", "user_id", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
        sa.Index(None, "state", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(sa.String(10), default="open")
    secret: Mapped[str] = mapped_column(sa.String(64), unique=True)
    job_id: Mapped[int | None]
    files_count: Mapped[int | None]
    size_bytes: Mapped[int | None] = mapped_column(sa.BigInteger)
    sha256: Mapped[str] = mapped_column(sa.String(64), default="")
    file_key: Mapped[str] = mapped_column(StoredKey(passing=True), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    ready_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]


class Leaving(Model):
    """That somebody deletes their account: it is closed from `asked_at` on and erased some time after `erase_at`.

    `answers` are what they decided, by the keys of the questions. `problem` says what kept the last try of erasing
    from its end, `failed_at` when that was.
    """

    __tablename__ = "auth_leaving"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    erase_at: Mapped[datetime] = mapped_column(index=True)
    answers: Mapped[dict[str, str]] = mapped_column(sa.JSON, default=dict)
    problem: Mapped[str] = mapped_column(sa.Text, default="")
    failed_at: Mapped[datetime | None]


class Erased(Model):
    """The number of an account that was erased, which no other account ever gets; the audit log still names it."""

    __tablename__ = "auth_erased"

    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    erased_at: Mapped[datetime] = mapped_column(default=now)


@event.listens_for(User, "before_insert")
def number_anew(_mapper: Mapper[User], connection: sa.Connection, user: User) -> None:
    """On SQLite, which would give the newest number again, take the next that no account ever had."""
    if user.id is None and connection.dialect.name == "sqlite":
        user.id = highest_number(connection) + 1


def pass_over_erased(connection: sa.Connection) -> None:
    """On PostgreSQL, whose sequence knows only of accounts that are there, let the next number be one that none ever
    had."""
    highest = highest_number(connection)
    if highest and connection.dialect.name == "postgresql":
        sequence = sa.func.pg_get_serial_sequence(User.__tablename__, User.id.key)
        connection.execute(sa.select(sa.func.setval(sequence, highest)))


def highest_number(connection: sa.Connection) -> int:
    """The highest number that any account had; 0 where there was none."""
    newest = sa.union_all(sa.select(User.id), sa.select(Erased.person_id)).subquery()
    return connection.scalar(sa.select(sa.func.max(newest.c.id))) or 0
