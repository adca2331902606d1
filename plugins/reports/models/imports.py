"""Sheets that people brought in, and what each of their rows would change."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model
from musicapp.storage.keys import StoredKey


class BroughtIn(Model):
    """A sheet that somebody brought in.

    `name` is that of a contribution to `reports.import`, `subject_id` what it is about (0: all of the person's own).
    `state` is reading, refused (then `problem` says why), ready to be applied, applying, applied, undoing or undone;
    `applied_at` is when it was applied last, as far as that came. `notes` are sentences about the whole
    sheet. The file is gone, and `file_key` empty, as soon as it is read. `same_count` are the rows that change nothing;
    the others have rows of their own.
    """

    __tablename__ = "reports_brought_in"
    __table_args__ = (sa.Index(None, "person_id", "id"), sa.Index(None, "created_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(sa.String(80))
    subject_id: Mapped[int] = mapped_column(default=0)
    file_name: Mapped[str] = mapped_column(sa.String(200))
    file_key: Mapped[str] = mapped_column(StoredKey(passing=True), default="")
    state: Mapped[str] = mapped_column(sa.String(10), default="reading")
    problem: Mapped[str] = mapped_column(sa.Text, default="")
    notes: Mapped[list[str]] = mapped_column(sa.JSON, default=list)
    rows_count: Mapped[int] = mapped_column(default=0)
    same_count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    applied_at: Mapped[datetime | None]


class BroughtRow(Model):
    """A row that changes something, or is wrong; `number` is its own in the spreadsheet.

    `state` is change, wrong, done or failed, and of a sheet that was undone, undone or kept. `changed` has
    `[column, old, new]` in words, `problems` a sentence by column, `payload` what applying it needs, `way_back` what
    taking it back does: nothing until it is applied.
    """

    __tablename__ = "reports_brought_row"
    __table_args__ = (sa.Index(None, "brought_id", "state", "number"),)

    brought_id: Mapped[int] = mapped_column(
        sa.ForeignKey("reports_brought_in.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str] = mapped_column(sa.String(10))
    does: Mapped[str] = mapped_column(sa.String(10))
    title: Mapped[str] = mapped_column(sa.String(300))
    changed: Mapped[list[list[str]]] = mapped_column(sa.JSON)
    problems: Mapped[dict[str, str]] = mapped_column(sa.JSON)
    payload: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    way_back: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True))
