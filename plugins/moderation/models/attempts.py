"""How often somebody reported in one window of time."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.database import Model


class Attempt(Model):
    """How often somebody reported in one window of time; `key` is a keyed hash of who or of which network."""

    __tablename__ = "moderation_attempt"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    window_at: Mapped[datetime] = mapped_column(primary_key=True, index=True)
    tries: Mapped[int]
