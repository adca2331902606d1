"""Monthly reports as they were made, the runs that made them, and what failed of them."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model


class MonthlyReport(Model):
    """What one reader of an audience was told of a month. `period` is the month (2026-10), `title` what it is about.

    `first_on` to `last_on` are the days it covers, `sections` the document as `musicapp.blocks` keeps it. One is `late`
    that was made on a later day than it was due, and `partial` where a contribution to it failed.
    """

    __tablename__ = "reports_report"
    __table_args__ = (
        sa.UniqueConstraint("audience", "person_id", "subject_id", "period"),
        sa.Index(None, "person_id", "period", "id"),
        sa.Index(
            "ix_reports_report_partial",
            "period",
            "audience",
            "id",
            sqlite_where=sa.text("partial"),
            postgresql_where=sa.text("partial"),
        ),
    )

    id: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    audience: Mapped[str] = mapped_column(sa.String(40))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"))
    subject_id: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(sa.String(200), default="")
    period: Mapped[str] = mapped_column(sa.String(7))
    first_on: Mapped[date]
    last_on: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(default=now)
    late: Mapped[bool] = mapped_column(default=False)
    partial: Mapped[bool] = mapped_column(default=False)
    sections: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)


class MonthlyRun(Model):
    """How far one audience's reports of a month are: begun, ended, and how many were made."""

    __tablename__ = "reports_run"

    period: Mapped[str] = mapped_column(sa.String(7), primary_key=True)
    audience: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    began_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    made: Mapped[int] = mapped_column(default=0)


class MonthlyFailure(Model):
    """A contribution that raised in a month's reports: in how many, and what it said last."""

    __tablename__ = "reports_failure"

    period: Mapped[str] = mapped_column(sa.String(7), primary_key=True)
    audience: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    contribution: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    reports: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(sa.Text)
    failed_at: Mapped[datetime] = mapped_column(default=now)
