"""The table of signing in: where people are signed in."""

import secrets
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from musicapp.clock import now
from musicapp.database import Model
from plugins.auth.models.people import User


class SignIn(Model):
    """One browser or one token of a person; what ends here ends everywhere, with the next request.

    `name` is given by the person to a token they made themselves; `device` is what the browser said it is.
    """

    __tablename__ = "auth_sign_in"

    id: Mapped[str] = mapped_column(sa.String(32), primary_key=True, default=lambda: secrets.token_hex(16))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(7))
    name: Mapped[str | None] = mapped_column(sa.String(60))
    device: Mapped[str] = mapped_column(sa.String(80))
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_used_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    revoked_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()
