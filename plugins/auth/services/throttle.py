"""How often something may be tried: counted in the database, so that it holds in every process and without Redis.

A try is counted before it is made, so that many at once cannot slip through, and given back when it succeeds.
"""

import hashlib
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import db, insert_for, writing
from musicapp.errors import TooOften
from plugins.auth.models import Attempt
from plugins.auth.settings import auth_settings

QUARTER_HOUR_S = 15 * 60
HOUR_S = 60 * 60
DAY_S = 24 * HOUR_S


@dataclass(frozen=True)
class Purse:
    """So many tries of one thing, by or for somebody, in each window of time."""

    what: str
    whose: str
    tries: int
    per_s: int

    @property
    def key(self) -> str:
        return hashlib.sha256(f"{self.what}\n{self.whose}".encode()).hexdigest()


def spend(purses: Iterable[Purse]) -> int:
    """Take one try from each purse; answers how many are left in the emptiest. Raises TooOften when one is empty."""
    at, waits_s, left = now(), [0], []
    with writing():
        for purse in sorted(purses, key=lambda purse: purse.key):
            window = window_of(purse, at)
            tries = count(purse.key, window)
            left.append(purse.tries - tries)
            if tries > purse.tries:
                waits_s.append(int((window + timedelta(seconds=purse.per_s) - at).total_seconds()) + 1)
    if max(waits_s):
        minutes = -(-max(waits_s) // 60)
        raise TooOften(f"That was tried too often. Try again in {minutes} min.", retry_after_s=max(waits_s))
    return min(left)


def count(key: str, window: datetime) -> int:
    one_more = (
        insert_for(Attempt)
        .values(key=key, window_at=window, tries=1)
        .on_conflict_do_update(index_elements=["key", "window_at"], set_={"tries": Attempt.tries + 1})
        .returning(Attempt.tries)
    )
    tries: int = db.session.execute(one_more, execution_options={"synchronize_session": False}).scalar_one()
    return tries


def forgive(purses: Iterable[Purse]) -> None:
    """Give one try back to each purse, because it succeeded."""
    at = now()
    with writing() as unit:
        for purse in sorted(purses, key=lambda purse: purse.key):
            mine = sa.and_(Attempt.key == purse.key, Attempt.window_at == window_of(purse, at), Attempt.tries > 0)
            give = sa.update(Attempt).where(mine).values(tries=Attempt.tries - 1)
            unit.execute(give, execution_options={"synchronize_session": False})


def forget(purse: Purse) -> None:
    """Fill a purse again: who knows the password need not fear the wrong ones before it."""
    with writing() as unit:
        unit.execute(sa.delete(Attempt).where(Attempt.key == purse.key))


def forget_old(before: datetime) -> None:
    with writing() as unit:
        unit.execute(sa.delete(Attempt).where(Attempt.window_at < before))


def window_of(purse: Purse, at: datetime) -> datetime:
    return datetime.fromtimestamp(int(at.timestamp()) // purse.per_s * purse.per_s, UTC)


def log_in_by(address: str, came_from: str, device_key: str) -> list[Purse]:
    """The purses of a log-in: the account's (or this known device's own, so that strangers cannot lock it out), and
    the network address's."""
    settings = auth_settings()
    account = Purse("log in", f"device {device_key} {address}", settings.log_in_tries, QUARTER_HOUR_S)
    if not device_key:
        account = Purse("log in", address, settings.log_in_tries, QUARTER_HOUR_S)
    return [account, Purse("log in from", network(came_from), settings.address_tries, QUARTER_HOUR_S)]


def sign_up_by(came_from: str) -> list[Purse]:
    return [Purse("sign up from", network(came_from), auth_settings().sign_ups, HOUR_S)]


def mail_to(address: str, came_from: str) -> list[Purse]:
    settings = auth_settings()
    return [
        Purse("mail to", address, settings.mails, HOUR_S),
        Purse("mail asked from", network(came_from), settings.address_mails, HOUR_S),
    ]


def password_of(person_id: int) -> Purse:
    return Purse("password of", str(person_id), auth_settings().log_in_tries, QUARTER_HOUR_S)


def data_copies_of(person_id: int) -> Purse:
    return Purse("data copies of", str(person_id), auth_settings().copies_a_day, DAY_S)


def code_of(person_id: int) -> Purse:
    """Tries of the second factor's codes, in all browsers together."""
    return Purse("code of", str(person_id), auth_settings().log_in_tries, QUARTER_HOUR_S)


def set_up_from(came_from: str) -> Purse:
    """Tries of the set-up code."""
    return Purse("set up from", network(came_from), auth_settings().address_tries, QUARTER_HOUR_S)


def network(came_from: str) -> str:
    """The address; of IPv6 the network of 64 bits that one customer usually has."""
    try:
        address = ipaddress.ip_address(came_from)
    except ValueError:
        return came_from
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else came_from
