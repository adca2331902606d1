"""Who may be written to without having asked, who was here lately, and who has not been here for a while."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import db
from plugins.auth.models import User


def is_reachable() -> sa.ColumnElement[bool]:
    """Whether an account is active, approved and not suspended, and its address confirmed."""
    at_large = sa.or_(User.suspended_until.is_(None), User.suspended_until <= now())
    return sa.and_(User.active, User.waits_since.is_(None), User.confirmed_at.is_not(None), at_large)


def reachable(person_ids: Collection[int]) -> set[int]:
    """Those of some people who may be written to."""
    return set(db.session.scalars(sa.select(User.id).where(User.id.in_(person_ids), is_reachable())))


def last_here() -> sa.ColumnElement[datetime]:
    """When somebody was last here; who never came back was when their account was made."""
    return sa.func.coalesce(User.last_seen_at, User.created_at)


def here_since(moment: datetime) -> sa.Select[int]:
    """The ids of those who were here since a moment, as a query for others to join."""
    return sa.select(User.id).where(last_here() >= moment)


def away_since(moment: datetime, after: int, limit: int) -> list[tuple[int, datetime]]:
    """Who may be written to and was not here since a moment, and when each was last: by id, later than `after`."""
    away = sa.select(User.id, last_here()).where(User.id > after, last_here() < moment, is_reachable())
    return [(person_id, seen_at) for person_id, seen_at in db.session.execute(away.order_by(User.id).limit(limit))]


def last_seen(person_id: int) -> datetime | None:
    """When somebody was last here; None for who is gone."""
    return db.session.scalar(sa.select(last_here()).where(User.id == person_id))
