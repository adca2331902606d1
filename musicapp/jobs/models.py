"""The rows of work: a job is true because its row says so; Redis only rings the bell."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model


class Job(Model):
    """Something that must be done, inserted in the same transaction as its cause.

    `state` is waiting, running, done, dead or cancelled. `token` fences: each claim raises it, and only the holder of
    the newest may write. `key` makes a job unique: a second one with the same kind and key is not made. `started_at` is
    when the newest attempt began.
    """

    __tablename__ = "site_job"
    __table_args__ = (
        sa.UniqueConstraint("kind", "key"),
        sa.Index("ix_site_job_due", "state", "run_after"),
        sa.Index("ix_site_job_lease", "state", "lease_until"),
        sa.Index("ix_site_job_newest", "state", "id"),
        sa.Index("ix_site_job_ended", "state", "finished_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(120))
    key: Mapped[str | None] = mapped_column(sa.String(200))
    payload: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    state: Mapped[str] = mapped_column(sa.String(10), default="waiting")
    long: Mapped[bool] = mapped_column(default=False)
    attempts: Mapped[int] = mapped_column(default=0)
    token: Mapped[int] = mapped_column(default=0)
    run_after: Mapped[datetime] = mapped_column(default=now)
    lease_until: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(sa.Text, default="")
    rows_done: Mapped[int | None]
    rows_total: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]
    started_at: Mapped[datetime | None]


class Tried:
    """What a row has that is sent by jobs (`musicapp.jobs.tries`).

    `state` is waiting, sent, failed, or what its table says besides. `turn` fences: whoever has it tried anew raises
    it, and only the job of the newest turn may send. `attempts` counts the tries; the next one is due at `next_at`.
    """

    id: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    state: Mapped[str] = mapped_column(sa.String(10), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    turn: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(default=now)
    created_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]


class ScheduledRun(Model):
    """The ledger of scheduled jobs: one row per period that was made, so that none is made twice and none is missed.

    The row with the period `first seen` says since when a schedule exists; nothing from before it is made.
    """

    __tablename__ = "site_scheduled_run"
    __table_args__ = (sa.Index("ix_site_scheduled_run_due", "kind", "due_at"),)

    kind: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    period: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    due_at: Mapped[datetime]
    made_at: Mapped[datetime] = mapped_column(default=now)
    job_id: Mapped[int | None]


class Sweep(Model):
    """The one row in which a worker says that it lives: when it last looked for work that is due."""

    __tablename__ = "site_sweep"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    swept_at: Mapped[datetime]
