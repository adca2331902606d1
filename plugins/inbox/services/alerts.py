"""What somebody was told: their alerts, page by page, read and unread."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import UNSYNCED, session, writing
from musicapp.errors import NotFound
from musicapp.paging import Order, Page, page_of
from musicapp.prepared import prepared
from musicapp.withheld import withheld
from plugins.auth.services import Person
from plugins.inbox.models import Alert

NEWEST = Order("newest", Alert.id, Alert.id, descending=True)
MOST_COUNTED = 100
LARGEST_ID = 2**63 - 1
NOT_THERE = "There is no such alert in your inbox."
READ_KEPT = timedelta(days=90)
UNREAD_KEPT = timedelta(days=365)
BATCH = 5_000


@dataclass(frozen=True)
class AlertRow:
    """One alert in a list; `read_at` is None while its person has not seen it."""

    id: int
    kind: str
    text: str
    url: str
    picture_url: str
    created_at: datetime
    read_at: datetime | None


COLUMNS = [getattr(Alert, name) for name in AlertRow.__dataclass_fields__]


def alerts_of(person: Person, *, limit: int = 50, cursor: str | None = None) -> Page[AlertRow]:
    """What somebody was told, the newest first, without what speaks of things that they may not know of any more."""
    query = sa.select(*COLUMNS).where(Alert.user_id == person.id, Alert.on_page)
    page = page_of(query, NEWEST, lambda row: AlertRow(*row[: len(COLUMNS)]), limit=limit, cursor=cursor)
    gone = withheld(person, [alert.url for alert in page.rows])
    return Page([alert for alert in page.rows if alert.url not in gone], page.next)


def unread_count(person: Person) -> int:
    """How many alerts somebody has not seen, 100 standing for more: one statement on an index of unread ones alone."""
    [(count,)] = prepared(("inbox.unread",), count_unread).rows({"person": person.id})
    return cast(int, count)


def count_unread() -> sa.Select[Any]:
    mine = sa.and_(Alert.user_id == sa.bindparam("person", type_=sa.Integer), Alert.read_at.is_(None))
    return sa.select(sa.func.count()).select_from(
        sa.select(Alert.id).where(mine).limit(sa.literal_column(str(MOST_COUNTED))).subquery()
    )


def open_alert(person: Person, alert_id: int) -> str:
    """Mark an alert as seen; answers where it leads, which is "" for one that leads nowhere. Raises NotFound."""
    mine = sa.select(Alert.url, Alert.read_at).where(Alert.id == known_id(alert_id), Alert.user_id == person.id)
    alert = session().execute(mine).first()
    if alert is None:
        raise NotFound(NOT_THERE)
    if alert.read_at is None:
        mark_read(person, [alert_id])
    return cast(str, alert.url)


def mark_read(person: Person, alert_ids: Collection[int] | None = None) -> datetime:
    """Mark some alerts of somebody as seen, or all of them; answers the moment that they carry, for a way back."""
    moment = now()
    unread = sa.update(Alert).where(Alert.user_id == person.id, Alert.read_at.is_(None))
    if alert_ids is not None:
        unread = unread.where(Alert.id.in_(alert_ids))
    with writing() as unit:
        unit.execute(unread.values(read_at=moment), execution_options=UNSYNCED)
    return moment


def mark_unread(person: Person, read_at: datetime) -> None:
    """Take back what `mark_read` did at this moment."""
    seen = sa.update(Alert).where(Alert.user_id == person.id, Alert.read_at == read_at, Alert.on_page)
    with writing() as unit:
        unit.execute(seen.values(read_at=None), execution_options=UNSYNCED)


def known_id(alert_id: int) -> int:
    """An id as the database can hold it; raises NotFound for a longer number."""
    if alert_id > LARGEST_ID:
        raise NotFound(NOT_THERE)
    return alert_id


def delete_alert(person: Person, alert_id: int) -> None:
    """Take an alert out of somebody's inbox. Raises NotFound for one that is not somebody's own."""
    mine = sa.update(Alert).where(Alert.id == known_id(alert_id), Alert.user_id == person.id, Alert.on_page)
    # The row stays as long as any, so that its person is not told the same again.
    gone = mine.values(on_page=False, read_at=sa.func.coalesce(Alert.read_at, now())).returning(Alert.id)
    with writing() as unit:
        if unit.execute(gone, execution_options=UNSYNCED).first() is None:
            raise NotFound(NOT_THERE)


def forget_old(at: datetime) -> int:
    """Delete some alerts that were read 90 days ago, or that nobody read in a year: how many there were."""
    read = sa.and_(Alert.created_at < at - READ_KEPT, Alert.read_at < at - READ_KEPT)
    old = sa.select(Alert.id).where(sa.or_(read, Alert.created_at < at - UNREAD_KEPT)).limit(BATCH)
    with writing() as unit:
        gone = unit.execute(
            sa.delete(Alert).where(Alert.id.in_(old.scalar_subquery())).returning(Alert.id), execution_options=UNSYNCED
        )
        return len(gone.all())
