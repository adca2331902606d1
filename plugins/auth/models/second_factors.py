"""The tables of the second factor: the secret that an app on a phone shares, and the codes for when it is lost."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model

LONGEST_SEALED = 255


class SecondFactor(Model):
    """A person's app for codes; it counts from `confirmed_at` on, when it showed its first code.

    `sealed_secret` can be read with the site's own secret alone. `last_counter` is the half-minute of the last code
    that was taken, before which none is taken again.
    """

    __tablename__ = "auth_second_factor"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"), primary_key=True)
    sealed_secret: Mapped[str] = mapped_column(sa.String(LONGEST_SEALED))
    last_counter: Mapped[int] = mapped_column(default=0)
    begun_at: Mapped[datetime] = mapped_column(default=now)
    confirmed_at: Mapped[datetime | None]


class RecoveryCode(Model):
    """A code that stands in for the app, once: using it deletes its row."""

    __tablename__ = "auth_recovery_code"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
