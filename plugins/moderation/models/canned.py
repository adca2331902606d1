"""Reasons that moderators write again and again, kept to be chosen."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.database import Model

LONGEST_CANNED_TITLE = 80


class CannedReason(Model):
    """A reason by its title; `action` is the decision that it goes with, "" for any."""

    __tablename__ = "moderation_canned_reason"
    __table_args__ = (sa.UniqueConstraint("title"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(sa.String(LONGEST_CANNED_TITLE))
    action: Mapped[str] = mapped_column(sa.String(8), default="")
    words: Mapped[str] = mapped_column(sa.Text)
