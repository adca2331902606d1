"""Who asks: a light person, found by their sign-in with one indexed statement, in every request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app

from musicapp.clock import now
from musicapp.database import UtcDateTime, db
from plugins.auth.models import Role, SignIn, User, UserRole
from plugins.auth.services import second_factor
from plugins.auth.services.sign_ins import Kind

STALE_AFTER = timedelta(minutes=10)

SIGN_IN_ID = sa.bindparam("sign_in_id", "", sa.String())
KIND = sa.bindparam("kind", "", sa.String())
NOW = sa.bindparam("now", None, UtcDateTime())
STALE = sa.bindparam("stale", None, UtcDateTime())

ROLE_NAMES = (
    sa.select(sa.func.aggregate_strings(Role.name, ","))
    .join(UserRole, UserRole.role_id == Role.id)
    .where(UserRole.user_id == User.id)
    .scalar_subquery()
)
BY_SIGN_IN = (
    sa.select(
        User.id,
        User.name,
        User.email,
        User.fs_uniquifier,
        User.created_at,
        User.last_seen_at,
        ROLE_NAMES,
        SignIn.last_used_at < STALE,
    )
    .join(SignIn, SignIn.user_id == User.id)
    .where(
        SignIn.id == SIGN_IN_ID,
        SignIn.kind == KIND,
        SignIn.revoked_at.is_(None),
        SignIn.expires_at > NOW,
        User.active,
        sa.or_(User.suspended_until.is_(None), User.suspended_until <= NOW),
    )
)


class Person:
    """The person of this request, as `current_user` and as services get them.

    `role_names` are in force; `withheld` are those of staff while the site waits for the second factor of theirs.
    Only reads; what is not here is asked of the mapped `user`, which costs a statement. Write
    `Song(artist_id=person.id)`, never `Song(artist=person)`.
    """

    __slots__ = (
        *("created_at", "email", "fs_uniquifier", "id", "last_seen_at", "name"),
        *("role_names", "sign_in_id", "withheld"),
    )

    is_authenticated = is_active = active = True
    is_anonymous = False

    def __init__(
        self,
        sign_in_id: str,
        id: int,
        name: str,
        email: str,
        fs_uniquifier: str,
        role_names: frozenset[str],
        created_at: datetime,
        last_seen_at: datetime | None,
        withheld: frozenset[str] = frozenset(),
    ) -> None:
        self.sign_in_id = sign_in_id
        self.id = id
        self.name = name
        self.email = email
        self.fs_uniquifier = fs_uniquifier
        self.role_names = role_names
        self.created_at = created_at
        self.last_seen_at = last_seen_at
        self.withheld = withheld

    def get_id(self) -> str:
        """What Flask-Login keeps in the session: the sign-in, not the person."""
        return self.sign_in_id

    def has_role(self, role: str | Role) -> bool:
        return (role if isinstance(role, str) else role.name) in self.role_names

    @property
    def user(self) -> User:
        """The mapped person."""
        return db.session.get_one(User, self.id)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.user, name)

    def __eq__(self, other: object) -> bool:
        return getattr(other, "fs_uniquifier", None) == self.fs_uniquifier

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True)
class Lookup:
    """The statement, compiled once for one kind of database."""

    sql: str
    order: tuple[str, ...] | None
    moment: Callable[[datetime], Any]
    read_moment: Callable[[Any], Any]

    def parameters(self, given: dict[str, Any]) -> Any:
        """What this driver wants: the values by name, or in the order of their places."""
        return given if self.order is None else tuple(given[name] for name in self.order)


def person_by_sign_in(sign_in_id: str, kind: Kind) -> tuple[Person, bool] | None:
    """The person of a living sign-in, and whether its `last_used_at` should be noted anew.

    Asked of the driver itself: of what a request may cost, SQLAlchemy's own layers would be the larger part.
    """
    lookup: Lookup = current_app.extensions["auth"].lookup
    at = now()
    given = {
        "sign_in_id": sign_in_id,
        "kind": kind,
        "now": lookup.moment(at),
        "stale": lookup.moment(at - STALE_AFTER),
    }
    connection = db.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute(lookup.sql, lookup.parameters(given))
        row = cursor.fetchone()
        cursor.close()
    finally:
        connection.close()
    if row is None:
        return None
    person_id, name, email, fs_uniquifier, created_at, last_seen_at, roles, stale = row
    names = frozenset(roles.split(",")) if roles else frozenset()
    withheld = second_factor.withheld_from(person_id, names)
    made, seen = lookup.read_moment(created_at), lookup.read_moment(last_seen_at)
    found = Person(sign_in_id, person_id, name, email, fs_uniquifier, names - withheld, made, seen, withheld)
    return found, bool(stale)


def lookup_for(engine: sa.Engine) -> Lookup:
    """The statement as this engine's driver takes it."""
    dialect = engine.dialect
    compiled = BY_SIGN_IN.compile(dialect=dialect, compile_kwargs={"render_postcompile": True})
    of_driver = UtcDateTime().dialect_impl(dialect)
    to_driver, from_driver = of_driver.bind_processor(dialect), of_driver.result_processor(dialect, None)

    def moment(at: datetime) -> Any:
        return to_driver(at) if to_driver else at

    def read_moment(raw: Any) -> Any:
        return from_driver(raw) if from_driver else raw

    order = tuple(compiled.positiontup) if compiled.positional and compiled.positiontup else None
    return Lookup(str(compiled), order, moment, read_moment)
