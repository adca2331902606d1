"""Finding people: by their name and address, by what they are, and by what holds them up."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.paging import Order, Page, page_of
from musicapp.site.marking import folded
from plugins.auth.models import InvitationUse, Role, User, UserRole
from plugins.auth.services.person import ROLE_NAMES

Held = Literal["waiting", "suspended", "unconfirmed", "leaving"]
LONGEST_SEARCH = 200
MOST_WORDS = 8
NEWEST = Order("newest", User.id, User.id, descending=True)
COLUMNS = (
    *(User.id, User.name, User.email, ROLE_NAMES.label("roles"), User.active, User.created_at, User.confirmed_at),
    *(User.last_seen_at, User.suspended_until, User.suspended_for, User.waits_since),
)


@dataclass(frozen=True)
class Sought:
    """Whom somebody looks for: `words` stand in name or address, `held` is what keeps them from coming in, and
    `invitation_id` is that by which they signed up."""

    words: str = ""
    role: str = ""
    held: Held | None = None
    invitation_id: int | None = None


@dataclass(frozen=True)
class PersonRow:
    """An account as those who run the site see it; without `active` it is about to be erased."""

    id: int
    name: str
    email: str
    roles: list[str]
    active: bool
    created_at: datetime
    confirmed_at: datetime | None
    last_seen_at: datetime | None
    suspended_until: datetime | None
    suspended_for: str
    waits_since: datetime | None

    @property
    def is_suspended(self) -> bool:
        return self.suspended_until is not None and self.suspended_until > now()

    @property
    def held(self) -> list[Held]:
        """What keeps them from coming in now."""
        states: dict[Held, bool] = {
            "waiting": self.waits_since is not None,
            "suspended": self.is_suspended,
            "unconfirmed": self.confirmed_at is None,
            "leaving": not self.active,
        }
        return [state for state, is_so in states.items() if is_so]


def people_found(sought: Sought, *, limit: int = 50, cursor: str | None = None) -> Page[PersonRow]:
    """Those whom somebody looks for, the newest account first."""
    query = sa.select(*COLUMNS).where(*conditions(sought))
    return page_of(query, NEWEST, row_of, limit=limit, cursor=cursor)


def conditions(sought: Sought) -> list[sa.ColumnElement[bool]]:
    # PostgreSQL cannot look for a NUL, and nobody has one.
    words = folded(sought.words.replace("\0", " ")[:LONGEST_SEARCH]).split()[:MOST_WORDS]
    where = [User.sought.contains(word, autoescape=True) for word in words]
    if sought.role:
        has_it = sa.select(UserRole.user_id).join(Role, Role.id == UserRole.role_id).where(Role.name == sought.role)
        where.append(User.id.in_(has_it))
    if sought.held:
        where.append(held_by(sought.held))
    if sought.invitation_id is not None:
        used = sa.select(InvitationUse.user_id).where(InvitationUse.invitation_id == sought.invitation_id)
        where.append(User.id.in_(used))
    return where


def held_by(state: Held) -> sa.ColumnElement[bool]:
    match state:
        case "waiting":
            return User.waits_since.is_not(None)
        case "suspended":
            return User.suspended_until > now()
        case "unconfirmed":
            return User.confirmed_at.is_(None)
        case "leaving":
            return ~User.active


def held_counts() -> dict[Held, int]:
    """How many are held up by what, for the filters above a list."""
    states: tuple[Held, ...] = ("waiting", "suspended", "unconfirmed")
    counts = [sa.select(sa.func.count(User.id)).where(held_by(state)).scalar_subquery() for state in states]
    return dict(zip(states, session().execute(sa.select(*counts)).one(), strict=True))


def row_of(found: Any) -> PersonRow:
    names = [column.key for column in COLUMNS]
    said = dict(zip(names, found, strict=False))
    return PersonRow(**{**said, "roles": sorted((said["roles"] or "").split(",")) if said["roles"] else []})
