"""The table of kept answers; its migration is the kernel's plugin's."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model


class KeptAnswer(Model):
    """The first answer to a call of the API with an `Idempotency-Key`; `status` 0 while it is in flight."""

    __tablename__ = "site_kept_answer"

    caller: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(128), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    status: Mapped[int] = mapped_column(default=0)
    body: Mapped[str] = mapped_column(sa.Text, default="")
    headers: Mapped[Any] = mapped_column(sa.JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)
