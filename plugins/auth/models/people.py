"""The tables of people: who they are and what they may do."""

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
