"""Purses of tries, each filled again with the next window of time.

A try is counted before it is made, so that many at once cannot slip through, and given back when it succeeds.
"""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from flask import current_app

from musicapp.clock import now
from musicapp.database import UNSYNCED, insert_for, session, writing
from musicapp.errors import TooOften
from musicapp.throttle.models import Window


@dataclass(frozen=True)
class Purse:
    """So many tries of one thing, by or for somebody, in each window of time.

    `what` begins with the name of the plugin, so that two plugins never take from one purse.
    """

    what: str
    whose: str
    tries: int
    per: timedelta

    @property
    def key(self) -> str:
        """What is kept of it: enough to know the same purse again, and nothing that was typed."""
        secret: str = current_app.config["SECRET_KEY"]
        return hmac.new(secret.encode(), f"{self.what}\n{self.whose}".encode(), hashlib.sha256).hexdigest()

    def end_of_window(self, at: datetime) -> datetime:
        """When the purse is full again; windows of one length begin at the same moment in every process."""
        per_s = int(self.per.total_seconds())
        return datetime.fromtimestamp((int(at.timestamp()) // per_s + 1) * per_s, UTC)


def spend(purses: Iterable[Purse], because: str = "That was tried too often.") -> int:
    """Take one try from each purse; answers how many are left in the emptiest.

    Raises TooOften when one is empty: `because` is the sentence that stands before when to try again.
    """
    at, waits_s, left = now(), [0], []
    with writing():
        for key, purse in by_key(purses):
            ends_at = purse.end_of_window(at)
            tries = count(key, ends_at)
            left.append(purse.tries - tries)
            if tries > purse.tries:
                waits_s.append(int((ends_at - at).total_seconds()) + 1)
    if max(waits_s):
        minutes = -(-max(waits_s) // 60)
        raise TooOften(f"{because} Try again in {minutes} min.", retry_after_s=max(waits_s))
    return min(left)


def count(key: str, ends_at: datetime) -> int:
    one_more = (
        insert_for(Window)
        .values(key=key, ends_at=ends_at, tries=1)
        .on_conflict_do_update(index_elements=["key", "ends_at"], set_={"tries": Window.tries + 1})
        .returning(Window.tries)
    )
    tries: int = session().execute(one_more, execution_options=UNSYNCED).scalar_one()
    return tries


def forgive(purses: Iterable[Purse]) -> None:
    """Give one try back to each purse, because it succeeded."""
    at = now()
    with writing() as unit:
        for key, purse in by_key(purses):
            mine = sa.and_(Window.key == key, Window.ends_at == purse.end_of_window(at), Window.tries > 0)
            unit.execute(sa.update(Window).where(mine).values(tries=Window.tries - 1), execution_options=UNSYNCED)


def by_key(purses: Iterable[Purse]) -> list[tuple[str, Purse]]:
    """In an order that is the same for everybody, so that two who need the same purses never wait for each other."""
    return sorted(((purse.key, purse) for purse in purses), key=lambda pair: pair[0])


def forget(purse: Purse) -> None:
    """Fill a purse again: who knows the password need not fear the wrong ones before it."""
    with writing() as unit:
        unit.execute(sa.delete(Window).where(Window.key == purse.key), execution_options=UNSYNCED)


def forget_ended(at: datetime) -> None:
    """Delete what was counted in windows that ended before a moment."""
    with writing() as unit:
        unit.execute(sa.delete(Window).where(Window.ends_at < at), execution_options=UNSYNCED)
