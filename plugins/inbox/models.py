"""Alerts, and how each person wants to be told."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model

OF_WAITING = sa.text("kind = 'inbox.waiting'")
"""That an alert is of an account that waits; in the words of its index, which databases know by nothing else."""


class Alert(Model):
    """One thing that a person is told of. `kind` is one of those that plugins declare; `key` tells it from any other.

    `text` is a sentence, `url` where it leads on this site, `picture_url` a small picture beside it or nothing. What
    its person wants by mail alone, or took out of their inbox, is not `on_page`.
    """

    __tablename__ = "inbox_alert"
    __table_args__ = (
        sa.UniqueConstraint("user_id", "key"),
        sa.Index(None, "user_id", "id"),
        sa.Index(
            "ix_inbox_alert_unread",
            "user_id",
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        ),
        sa.Index("ix_inbox_alert_waiting", "key", sqlite_where=OF_WAITING, postgresql_where=OF_WAITING),
        sa.Index(None, "created_at"),
    )

    id: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(sa.String(60))
    key: Mapped[str] = mapped_column(sa.String(120))
    text: Mapped[str] = mapped_column(sa.Text)
    url: Mapped[str] = mapped_column(sa.Text, default="")
    picture_url: Mapped[str] = mapped_column(sa.Text, default="")
    on_page: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]


class Preference(Model):
    """Whether a person wants to be told of a kind by a channel; who never chose has what the kind says of itself."""

    __tablename__ = "inbox_preference"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(60), primary_key=True)
    channel: Mapped[str] = mapped_column(sa.String(16), primary_key=True)
    wanted: Mapped[bool]
