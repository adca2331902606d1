"""All accounts as the rows of a sheet, for admins; no passwords, and nothing that leads into an account."""

from collections.abc import Iterator

import sqlalchemy as sa

from musicapp.database import session
from musicapp.sheets import Value
from musicapp.snapshots import streamed
from musicapp.spans import Span
from plugins.auth.models import User
from plugins.auth.services.person import ROLE_NAMES


def account_count(_person_id: int, _subject_id: int, _span: Span) -> int:
    """How many accounts there are."""
    return session().scalar(sa.select(sa.func.count()).select_from(User)) or 0


def account_rows(_person_id: int, _subject_id: int, _span: Span) -> Iterator[tuple[Value, ...]]:
    """Each account, the oldest first."""
    query = sa.select(
        User.id,
        User.name,
        User.email,
        ROLE_NAMES,
        User.active,
        User.created_at,
        User.confirmed_at,
        User.last_seen_at,
        User.suspended_until,
    ).order_by(User.id)
    for person_id, name, email, roles, *rest in streamed(query):
        yield (person_id, name, email, ", ".join(sorted((roles or "").split(","))), *rest)
