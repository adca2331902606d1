"""The outbox: one row for each mail that the site sends or sent."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model

LONGEST_ADDRESS = 320


class Mail(Model):
    """A mail, made in the same transaction as its cause and written when it is sent; `kind` is one of `site.letter`.

    `state` is waiting, sent, failed (with the server's words in `last_error`), unwanted (nobody wanted it any more when
    it was to be written) or discarded. `turn` fences: whoever lets it be tried anew raises it, and only the job of the
    newest turn may send. `address` and `subject` are there as soon as they are known.
    """

    __tablename__ = "site_mail"
    __table_args__ = (
        sa.UniqueConstraint("kind", "key"),
        sa.Index(None, "state", "id"),
        sa.Index(None, "state", "sent_at"),
    )

    id: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(120))
    key: Mapped[str] = mapped_column(sa.String(200))
    payload: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    state: Mapped[str] = mapped_column(sa.String(10), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    turn: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(default=now)
    address: Mapped[str] = mapped_column(sa.String(LONGEST_ADDRESS), default="")
    subject: Mapped[str] = mapped_column(sa.Text, default="")
    person_id: Mapped[int | None]
    last_error: Mapped[str] = mapped_column(sa.Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]
