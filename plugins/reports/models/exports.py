"""Exports that people started, and the files that came of them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model
from musicapp.storage.keys import StoredKey


class TakenOut(Model):
    """One export of somebody: of which rows, in which format, and what became of it.

    `name` is that of a contribution to `reports.export`, `subject_id` what it is about (0: the person or the site),
    `subject_title` what that was called then. `state` is open, ready, failed, cancelled or expired; while it is open
    its job says more. `secret` is the part of its address that nobody guesses, `form_key` the form by which it was
    started, so that a form sent twice starts one. `file_key` is empty once the file is gone.
    """

    __tablename__ = "reports_taken_out"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "form_key"),
        sa.Index(None, "person_id", "id"),
        sa.Index(None, "state", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"))
    form_key: Mapped[str] = mapped_column(sa.String(64))
    name: Mapped[str] = mapped_column(sa.String(80))
    subject_id: Mapped[int] = mapped_column(default=0)
    subject_title: Mapped[str] = mapped_column(sa.String(200), default="")
    format: Mapped[str] = mapped_column(sa.String(8))
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    secret: Mapped[str] = mapped_column(sa.String(64))
    state: Mapped[str] = mapped_column(sa.String(10), default="open")
    problem: Mapped[str] = mapped_column(sa.Text, default="")
    job_id: Mapped[int | None]
    rows_count: Mapped[int | None]
    size_bytes: Mapped[int | None] = mapped_column(sa.BigInteger)
    sha256: Mapped[str] = mapped_column(sa.String(64), default="")
    file_key: Mapped[str] = mapped_column(StoredKey(passing=True), default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    ready_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
