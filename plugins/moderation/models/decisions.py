"""Decisions about cases, whom each concerns, and the appeals against them."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model


class Decision(Model):
    """What a moderator decided, and why; it stands while `undone_at` is None.

    `snapshot` is how the thing looked then, `category` what it was reported for. `until` is set where somebody is
    suspended. `nobody_else` notes that who decided was concerned by it, and that nobody else could.
    """

    __tablename__ = "moderation_decision"
    __table_args__ = (
        sa.Index(None, "case_id", "id"),
        sa.Index(None, "decided_by"),
        sa.Index(None, "undone_by"),
        sa.Index(None, "decided_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("moderation_case.id", ondelete="CASCADE"))
    action: Mapped[str] = mapped_column(sa.String(8))
    reason: Mapped[str] = mapped_column(sa.Text)
    category: Mapped[str] = mapped_column(sa.String(8), default="")
    snapshot: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
    until: Mapped[datetime | None]
    nobody_else: Mapped[bool] = mapped_column(default=False)
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime] = mapped_column(default=now)
    undone_by: Mapped[int | None] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="SET NULL"))
    undone_at: Mapped[datetime | None]
    undone_reason: Mapped[str] = mapped_column(sa.Text, default="")


class Concerned(Model):
    """Somebody whose thing was decided about: they are told of it and may appeal.

    `suspended_before` is until when they were out already when the decision suspended them, by whatever means.
    """

    __tablename__ = "moderation_concerned"

    decision_id: Mapped[int] = mapped_column(
        sa.ForeignKey("moderation_decision.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("auth_user.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    suspended_before: Mapped[datetime | None]


class Appeal(Model):
    """What an owner says against a decision, once, and what another moderator answers.

    `upheld` says that the decision stands; it is None while the appeal waits.
    """

    __tablename__ = "moderation_appeal"
    __table_args__ = (sa.UniqueConstraint("decision_id"), sa.Index(None, "answered_by"), sa.Index(None, "made_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(sa.ForeignKey("moderation_decision.id", ondelete="CASCADE"))
    made_by: Mapped[int | None] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="SET NULL"), index=True)
    words: Mapped[str] = mapped_column(sa.Text)
    made_at: Mapped[datetime] = mapped_column(default=now)
    upheld: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    answered_by: Mapped[int | None] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="SET NULL"))
    answered_at: Mapped[datetime | None]
