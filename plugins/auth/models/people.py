"""The tables of people: who they are and what they may do."""

import uuid
from datetime import datetime

import sqlalchemy as sa
from flask_security import RoleMixin, UserMixin
from sqlalchemy.orm import Mapped, mapped_column, relationship

from musicapp.clock import now
from musicapp.database import Model
from musicapp.site.marking import folded

ROLES = ("admin", "moderator", "artist", "user")
LONGEST_NAME = 60
LONGEST_ADDRESS = 254
WAITS = sa.text("waits_since IS NOT NULL")
CLOSED, CLOSED_ON_SQLITE = sa.text("NOT active"), sa.text("active = 0")


class Role(Model, RoleMixin):
    """What a person is on this site; the plugins say which rights a role has."""

    __tablename__ = "auth_role"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(40), unique=True)


class UserRole(Model):
    """That a person has a role."""

    __tablename__ = "auth_user_role"
    __table_args__ = (sa.Index(None, "role_id", "user_id"),)

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_user.id", ondelete="CASCADE"), primary_key=True)
    role_id: Mapped[int] = mapped_column(sa.ForeignKey("auth_role.id"), primary_key=True)


class User(Model, UserMixin):
    """A person with an account.

    `email` is kept in small letters, so that an address has one account. `password` is empty until somebody who was
    invited chose one. `fs_uniquifier` changes with the password,
    which ends every link that was mailed before. `waits_since` is set while the account waits for the approval of who
    runs the site. `suspended_for` is the reason of the latest suspension; `sought`, what a search reads of name and
    address.
    """

    __tablename__ = "auth_user"
    __table_args__ = (
        sa.Index(None, "suspended_until"),
        sa.Index("ix_auth_user_waiting", "id", sqlite_where=WAITS, postgresql_where=WAITS),
        sa.Index(None, "created_at"),
        sa.Index(None, "last_seen_at"),
        sa.Index("ix_auth_user_closed", "id", sqlite_where=CLOSED_ON_SQLITE, postgresql_where=CLOSED),
        sa.Index(
            "ix_auth_user_unconfirmed",
            "id",
            sqlite_where=sa.text("confirmed_at IS NULL"),
            postgresql_where=sa.text("confirmed_at IS NULL"),
        ),
    )

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
    suspended_for: Mapped[str] = mapped_column(sa.Text, default="", server_default="")
    waits_since: Mapped[datetime | None]
    sought: Mapped[str] = mapped_column(sa.Text, default="", server_default="")

    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment]
        secondary="auth_user_role", lazy="selectin", order_by=Role.name
    )

    @property
    def role_names(self) -> frozenset[str]:
        return frozenset(role.name for role in self.roles)


@sa.event.listens_for(User, "before_insert")
@sa.event.listens_for(User, "before_update")
def keep_sought(_mapper: object, _connection: sa.Connection, user: User) -> None:
    """Let a search find somebody by what they go by now."""
    user.sought = folded(f"{user.name} {user.email}")
