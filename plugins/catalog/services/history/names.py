"""Under which names plays stand in the ledger: a listener's own, or one that leads back to nobody.

Who keeps no history still must not count twice for the same play. So their plays of one day (UTC) share a name made
with the site's key and with a random secret of that day. The secret is thrown away as soon as no report of the day is
taken any more: from then on nobody can tell whose plays these were, not even with the database and the site's key.
Names of two days have nothing in common.
"""

import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import sqlalchemy as sa
from flask import current_app

from musicapp.clock import now
from musicapp.database import insert_for, session, writing
from plugins.catalog.models import NamelessDay
from plugins.catalog.services.inserting import one_at_a_time

OLDEST = timedelta(days=30)
SECRET_BYTES = 32
NAME_LENGTH = 32


@dataclass(frozen=True)
class Names:
    """The names under which one listener's plays stand; `nameless` are those that lead nowhere, by day (UTC).

    New plays are written under their own name when it `is_kept`.
    """

    own: str
    listener_id: int | None
    is_kept: bool = True
    nameless: Mapping[date, str] = field(default_factory=dict)

    @property
    def all(self) -> list[str]:
        return [self.own, *self.nameless.values()]

    def of_new(self, started_at: datetime) -> tuple[str, int | None]:
        """The key and the listener's id with which a play that began then is written."""
        return (self.own, self.listener_id) if self.is_kept else (self.nameless[day_of(started_at)], None)


def own_key(person_id: int) -> str:
    """The name of an account in the ledger."""
    return f"u{person_id}"


def take_turns(key: str) -> None:
    """Let what changes one listener's plays happen one after the other."""
    one_at_a_time(f"catalog.plays.{key}")


def day_of(moment: datetime) -> date:
    return moment.astimezone(UTC).date()


def nameless_names(person_id: int, first: date, last: date) -> dict[date, str]:
    """The nameless names of somebody on those days from `first` to `last` on which anybody has one."""
    query = sa.select(NamelessDay.day, NamelessDay.secret).where(NamelessDay.day.between(first, last))
    return {day: nameless_name(person_id, secret) for day, secret in session().execute(query)}


def made_names(person_id: int, days: Iterable[date]) -> dict[date, str]:
    """The nameless names of somebody on these days; on days that nobody can report any more, one that nobody finds."""
    wanted, oldest = sorted(set(days)), day_of(now() - OLDEST)
    recent = [day for day in wanted if day >= oldest]
    if recent:
        rows = [{"day": day, "secret": secrets.token_bytes(SECRET_BYTES)} for day in recent]
        session().execute(insert_for(NamelessDay).values(rows).on_conflict_do_nothing())
    known = nameless_names(person_id, recent[0], recent[-1]) if recent else {}
    return {day: known.get(day) or name_that_nobody_finds() for day in wanted}


def name_that_nobody_finds() -> str:
    """A nameless name that is made of nothing but chance."""
    return f"n{secrets.token_hex(NAME_LENGTH // 2)}"


def nameless_name(person_id: int, secret: bytes) -> str:
    key = secret + str(current_app.config["SECRET_KEY"]).encode()
    return f"n{hmac.new(key, str(person_id).encode(), sha256).hexdigest()[:NAME_LENGTH]}"


def forget_secrets() -> None:
    """Throw away the secrets of days whose plays nobody can report any more."""
    with writing():
        session().execute(sa.delete(NamelessDay).where(NamelessDay.day < day_of(now() - OLDEST)))
