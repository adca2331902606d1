"""The kernel's own tables."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model
from musicapp.jobs.models import Job, ScheduledRun, Sweep

__all__ = ["Job", "KeptAnswer", "ScheduledRun", "StoredSetting", "Sweep"]


class StoredSetting(Model):
    """A setting that was changed on the site; the environment still wins over it."""

    __tablename__ = "site_setting"

    plugin: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    value: Mapped[Any] = mapped_column(sa.JSON(none_as_null=False))
    changed_at: Mapped[datetime] = mapped_column(default=now)


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
