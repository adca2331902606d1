"""The table of the audit log."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model

LONGEST_ACTION = 60
LONGEST_KIND = 30


class Act(Model):
    """One thing that somebody did; the database itself refuses to change or to delete it.

    `by_id` is None where the site acted by itself. `about_kind` and `about_id` say to what it was done, `title` what
    that went by then; people are named by their ids alone, so that an account that is gone leaves no name here.
    """

    __tablename__ = "site_act"
    __table_args__ = (
        sa.Index(None, "about_kind", "about_id", "id"),
        sa.Index(None, "by_id", "id"),
        sa.Index(None, "action", "id"),
        sa.Index(None, "at"),
    )

    id: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
    action: Mapped[str] = mapped_column(sa.String(LONGEST_ACTION))
    by_id: Mapped[int | None]
    about_kind: Mapped[str] = mapped_column(sa.String(LONGEST_KIND), default="")
    about_id: Mapped[int | None] = mapped_column(sa.BigInteger)
    title: Mapped[str] = mapped_column(sa.Text, default="")
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    details: Mapped[dict[str, Any]] = mapped_column(sa.JSON, default=dict)
