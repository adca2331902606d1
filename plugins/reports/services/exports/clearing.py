"""What is left of exports: files whose time is over, and those that nobody knows of since something crashed."""

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.errors import Conflict
from musicapp.storage import media_store
from plugins.reports.models import TakenOut
from plugins.reports.services.exports.listing import export_of
from plugins.reports.services.exports.making import KIND
from plugins.reports.services.persons import Person

AT_ONCE = 100
CRASHED_BEFORE_S = 24 * 60 * 60


def remove_expired() -> int:
    """Remove some files whose time is over; how many there were."""
    over = sa.select(TakenOut.id, TakenOut.file_key).where(TakenOut.state == "ready", TakenOut.expires_at <= now())
    rows = session().execute(over.order_by(TakenOut.expires_at).limit(AT_ONCE)).all()
    for export_id, key in rows:
        remove_file(export_id, key)
    return len(rows)


def remove_export(person: Person, export_id: int) -> None:
    """Remove the file of somebody's export before its time. Raises NotFound, and Conflict where there is none."""
    row = export_of(person, export_id)
    if row.state != "ready":
        raise Conflict("There is no file of this export that could be deleted.")
    remove_file(row.id, row.file_key)


def remove_file(export_id: int, key: str) -> None:
    """The row first: a file that nobody knows of is found again, a row without its file would promise too much."""
    gone = {"state": "expired", "file_key": ""}
    with writing() as unit:
        unit.execute(sa.update(TakenOut).where(TakenOut.id == export_id, TakenOut.file_key == key).values(**gone))
    media_store().delete(key)


def remove_orphans(older_than_s: float = CRASHED_BEFORE_S) -> int:
    """Remove files of which no export knows: a crash came between them and their row, or the account is gone."""
    known = set(session().scalars(sa.select(TakenOut.file_key).where(TakenOut.file_key != "")))
    session().rollback()
    return media_store().remove_unknown(KIND, known, older_than_s)
