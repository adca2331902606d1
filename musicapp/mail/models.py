"""The outbox: one row for each mail that the site sends or sent."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.database import Model
from musicapp.jobs.models import Tried

LONGEST_ADDRESS = 320


class Mail(Tried, Model):
    """A mail, made in the same transaction as its cause and written when it is sent; `kind` is one of `site.letter`.

    `state` is waiting, sent, failed (with the server's words in `last_error`), unwanted (nobody wanted it any more when
    it was to be written) or discarded. `address`, in small letters, and `subject` are there as soon as they are known.
    """

    __tablename__ = "site_mail"
    __table_args__ = (
        sa.UniqueConstraint("kind", "key"),
        sa.Index(None, "state", "id"),
        sa.Index(None, "state", "sent_at"),
        sa.Index(None, "person_id"),
        sa.Index(None, "address"),
    )

    kind: Mapped[str] = mapped_column(sa.String(120))
    key: Mapped[str] = mapped_column(sa.String(200))
    payload: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    address: Mapped[str] = mapped_column(sa.String(LONGEST_ADDRESS), default="")
    subject: Mapped[str] = mapped_column(sa.Text, default="")
    person_id: Mapped[int | None]
    last_error: Mapped[str] = mapped_column(sa.Text, default="")
