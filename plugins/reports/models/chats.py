"""Chats that the site posts to, what each of them is told, and every post."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model
from musicapp.jobs.models import Tried


class Chat(Model):
    """A space of a chat service, reached by a secret address that is never shown whole again.

    `secret` signs what goes to a webhook, and is empty for the others. `off_at` is None while posts go there;
    `off_because` says why the site itself switched it off. `failing_since` is when the first try failed after the last
    that worked. `deleted_at` is set until the row is removed.
    """

    __tablename__ = "reports_chat"

    id: Mapped[int] = mapped_column(primary_key=True)
    service: Mapped[str] = mapped_column(sa.String(20))
    name: Mapped[str] = mapped_column(sa.String(80))
    address: Mapped[str] = mapped_column(sa.Text)
    secret: Mapped[str] = mapped_column(sa.String(80), default="")
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="SET NULL"))
    off_at: Mapped[datetime | None]
    off_because: Mapped[str] = mapped_column(sa.Text, default="")
    failing_since: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class ChatTopic(Model):
    """What a chat is told: `digest`, or the name of a contribution to `reports.news`, from the moment `since` on."""

    __tablename__ = "reports_chat_topic"

    chat_id: Mapped[int] = mapped_column(sa.ForeignKey("reports_chat.id", ondelete="CASCADE"), primary_key=True)
    topic: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    since: Mapped[datetime] = mapped_column(default=now)


class ChatPost(Tried, Model):
    """One message to one chat, made once for its `key`.

    `state` is waiting, sent, failed, or gathered (told as a part of another post). `status` and `answer` are what the
    chat said last.
    """

    __tablename__ = "reports_chat_post"
    __table_args__ = (sa.UniqueConstraint("chat_id", "key"), sa.Index(None, "chat_id", "id"))

    chat_id: Mapped[int] = mapped_column(sa.ForeignKey("reports_chat.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(sa.String(200))
    topic: Mapped[str] = mapped_column(sa.String(120))
    message: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    status: Mapped[int | None]
    answer: Mapped[str] = mapped_column(sa.Text, default="")
