"""Cases, one for each thing for ever, the people whose thing it is, and the reports that made them."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model

LONGEST_KIND = 20
LONGEST_TITLE = 200
UNANSWERED = "decision_id IS NULL"


class Case(Model):
    """What is known and to be done about one thing; `version` rises with whatever a moderator or an owner does.

    `shown` is how it looked last, as `Evidence.as_snapshot()` has it, so that lists ask nobody. `in_force` are the
    effects that stand: hide, remove, label, suspend. `weight` sorts the queue (see services/weighing.py).
    `waiting_since` is when somebody began to wait for an answer: the first report, or an appeal; None where nobody
    does. `reports_count` are the reports that wait, `category` is what most of them say.
    """

    __tablename__ = "moderation_case"
    __table_args__ = (
        sa.UniqueConstraint("kind", "subject_id"),
        sa.Index(None, "state", "weight", "id"),
        sa.Index(None, "waiting_since", "id"),
        sa.Index(None, "opened_at"),
        sa.Index(None, "taken_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(LONGEST_KIND))
    subject_id: Mapped[int]
    state: Mapped[str] = mapped_column(sa.String(8), default="open")
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(sa.String(LONGEST_TITLE), default="")
    shown: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    in_force: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    category: Mapped[str] = mapped_column(sa.String(8), default="")
    reports_count: Mapped[int] = mapped_column(default=0)
    reach: Mapped[int] = mapped_column(default=0)
    weight: Mapped[float] = mapped_column(sa.Double, default=0.0)
    opened_at: Mapped[datetime] = mapped_column(default=now)
    waiting_since: Mapped[datetime | None]
    taken_by: Mapped[int | None] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="SET NULL"))
    taken_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class CaseOwner(Model):
    """One of those whose thing a case is about, as it was when somebody last looked."""

    __tablename__ = "moderation_case_owner"

    case_id: Mapped[int] = mapped_column(sa.ForeignKey("moderation_case.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("auth_user.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Report(Model):
    """What one person, or a visitor, said about a thing, and how that looked at this moment.

    While it waits for its decision the same person has no other one about the same thing. `visitor` is the keyed hash
    of a network, forgotten after a month; `at_s` the second of a song that is meant.
    """

    __tablename__ = "moderation_report"
    __table_args__ = (
        sa.Index(
            "uq_moderation_report_reporter",
            "case_id",
            "reporter_id",
            unique=True,
            sqlite_where=sa.text(f"{UNANSWERED} AND reporter_id IS NOT NULL"),
            postgresql_where=sa.text(f"{UNANSWERED} AND reporter_id IS NOT NULL"),
        ),
        sa.Index(
            "uq_moderation_report_visitor",
            "case_id",
            "visitor",
            unique=True,
            sqlite_where=sa.text(f"{UNANSWERED} AND visitor IS NOT NULL"),
            postgresql_where=sa.text(f"{UNANSWERED} AND visitor IS NOT NULL"),
        ),
        sa.Index(None, "case_id", "id"),
        sa.Index(None, "reporter_id", "id"),
        sa.Index(None, "decision_id"),
        sa.Index(None, "made_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("moderation_case.id", ondelete="CASCADE"))
    reporter_id: Mapped[int | None] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="SET NULL"))
    visitor: Mapped[str | None] = mapped_column(sa.String(64))
    category: Mapped[str] = mapped_column(sa.String(8))
    words: Mapped[str] = mapped_column(sa.Text, default="")
    at_s: Mapped[float | None] = mapped_column(sa.Double)
    snapshot: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    made_at: Mapped[datetime] = mapped_column(default=now)
    decision_id: Mapped[int | None] = mapped_column(sa.ForeignKey("moderation_decision.id", ondelete="SET NULL"))
