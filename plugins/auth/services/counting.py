"""How many people there are, come and stay, for who runs the site."""

from datetime import date, timedelta

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.days import counted_by_day
from plugins.auth.models import User

A_MONTH = timedelta(days=30)


def counts() -> sa.ColumnElement[bool]:
    """Whether an account is one of those that numbers are told of: it is open, and waits for no approval."""
    return sa.and_(User.active, User.waits_since.is_(None))


def new_people(first: date, last: date) -> dict[date, int]:
    """How many of the accounts that are still there were made on each of these days."""
    return counted_by_day(User.created_at, first, last, counts())


def people() -> int:
    """How many accounts there are: all but the few that do not count, because all are counted without reading them."""
    every, closed, waiting = (
        sa.select(sa.func.count()).select_from(User).where(*which).scalar_subquery()
        for which in ((), (~User.active,), (User.active, User.waits_since.is_not(None)))
    )
    return session().scalar(sa.select(every - closed - waiting)) or 0


def people_here() -> int:
    """How many people were here in the last 30 days."""
    here = sa.select(sa.func.count()).where(counts(), User.last_seen_at >= now() - A_MONTH)
    return session().scalar(here) or 0
