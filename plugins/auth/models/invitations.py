"""The tables of invitations: links by which people sign up, and who did."""

import secrets
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from musicapp.clock import now
from musicapp.database import Model
from plugins.auth.models.people import LONGEST_ADDRESS

LONGEST_NOTE = 120


class Invitation(Model):
    """A link by which `places` people may sign up, each with this role; `used` counts them.

    `address` is the only one that may use it, or "". `note` is for who runs the site. `stamp` stands in the link with
    the id, so that the link of an invitation that is gone opens no later one with its number.
    """

    __tablename__ = "auth_invitation"
    __table_args__ = (sa.CheckConstraint("used >= 0 AND used <= places", name="used"), sa.Index(None, "expires_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    stamp: Mapped[str] = mapped_column(sa.String(16), default=lambda: secrets.token_hex(8))
    role: Mapped[str] = mapped_column(sa.String(40))
    places: Mapped[int]
    used: Mapped[int] = mapped_column(default=0)
    address: Mapped[str] = mapped_column(sa.String(LONGEST_ADDRESS), default="")
    note: Mapped[str] = mapped_column(sa.String(LONGEST_NOTE), default="")
    made_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class InvitationUse(Model):
    """That somebody signed up by an invitation."""

    __tablename__ = "auth_invitation_use"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"), primary_key=True)
    invitation_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_invitation.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
