"""The table of tries."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.database import Model


class Window(Model):
    """How often one thing was tried in one window of time; `key` is a keyed hash, because people type anything."""

    __tablename__ = "site_window"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    ends_at: Mapped[datetime] = mapped_column(primary_key=True, index=True)
    tries: Mapped[int]
