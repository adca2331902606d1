"""The tables of people: who they are, what they may do, where they are signed in, and how often they tried."""

import secrets
import uuid
from datetime import datetime

import sqlalchemy as sa
from flask_security import RoleMixin, UserMixin
from sqlalchemy.orm import Mapped, mapped_column, relationship

from musicapp.clock import now
from musicapp.database import Model

ROLES = ("admin", "moderator", "artist", "user")
LONGEST_NAME = 60
LONGEST_ADDRESS = 254


class Role(Model, RoleMixin):
    """What a person is on this site; the plugins say which rights a role has."""

    __tablename__ = "auth_role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(40), unique=True)


class UserRole(Model):
    """That a person has a role."""

    __tablename__ = "auth_user_role"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"), primary_key=True)
    role_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_role.id"), primary_key=True, index=True)


class User(Model, UserMixin):
    """A person with an account.

    `email` is kept in small letters, so that an address has one account. `password` is empty until somebody who was
    invited chose one. `fs_uniquifier` changes with the password,
    which ends every link that was mailed before.
    """

    __tablename__ = "auth_user"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(LONGEST_NAME))
    email: Mapped[str] = mapped_column(sa.String(LONGEST_ADDRESS), unique=True)
    password: Mapped[str] = mapped_column(sa.String(255))
    active: Mapped[bool] = mapped_column(default=True)
    confirmed_at: Mapped[datetime | None]
    fs_uniquifier: Mapped[str] = mapped_column(sa.String(64), unique=True, default=lambda: uuid.uuid4().hex)
    created_at: Mapped[datetime] = mapped_column(default=now)
    last_seen_at: Mapped[datetime | None]
    suspended_until: Mapped[datetime | None]

    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment]
        secondary="auth_user_role", lazy="selectin", order_by=Role.name
    )

    @property
    def role_names(self) -> frozenset[str]:
        return frozenset(role.name for role in self.roles)


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


class Attempt(Model):
    """How often something was tried in one window of time; `key` is a hash, because people type anything."""

    __tablename__ = "auth_attempt"

    key: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    window_at: Mapped[datetime] = mapped_column(primary_key=True, index=True)
    tries: Mapped[int]
