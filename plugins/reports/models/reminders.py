"""Who was reminded of what, and when it was last somebody's turn."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model


class Reminded(Model):
    """One thing that a person was reminded of: `name` is the reminder's, `key` tells this thing from any other.

    `day` is that of the site's clock on which it was, `sections` what the letter says of it, empty once that is old.
    """

    __tablename__ = "reports_reminder"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "name", "key"),
        sa.Index(None, "day"),
    )

    id: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(sa.String(40))
    key: Mapped[str] = mapped_column(sa.String(120))
    day: Mapped[date]
    subject: Mapped[str] = mapped_column(sa.Text)
    sections: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)
    made_at: Mapped[datetime] = mapped_column(default=now)


class ReminderTurn(Model):
    """The day on which somebody was last reminded of anything; one row, so that two at once remind once a week."""

    __tablename__ = "reports_reminder_turn"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date]
