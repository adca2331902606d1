"""The kernel's own tables."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.api.models import KeptAnswer
from musicapp.audit.models import Act
from musicapp.clock import now
from musicapp.database import Model
from musicapp.faults.models import Fault
from musicapp.jobs.models import Job, ScheduledRun, Sweep
from musicapp.mail.models import Mail
from musicapp.numbers.models import KeptNumber
from musicapp.throttle.models import Window

__all__ = [
    "Act",
    "Fault",
    "Job",
    "KeptAnswer",
    "KeptNumber",
    "Mail",
    "ScheduledRun",
    "StoredSetting",
    "Sweep",
    "Window",
]


class StoredSetting(Model):
    """A setting that was changed on the site; the environment still wins over it."""

    __tablename__ = "site_setting"

    plugin: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    value: Mapped[Any] = mapped_column(sa.JSON(none_as_null=False))
    changed_at: Mapped[datetime] = mapped_column(default=now)
