"""What is left of copies: files whose time is over, those of somebody who leaves, and those that nobody knows of."""

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.errors import NotFound
from musicapp.storage import media_store
from plugins.auth.models import DataCopy
from plugins.auth.services.copies.listing import NOT_HERE
from plugins.auth.services.copies.making import KIND

CRASHED_BEFORE_S = 24 * 60 * 60


def remove_copy(person_id: int, copy_id: int) -> None:
    """Delete the file of a copy of somebody's before its time; raises NotFound."""
    mine = sa.and_(DataCopy.id == copy_id, DataCopy.user_id == person_id, DataCopy.state == "ready")
    if not remove(mine):
        raise NotFound(NOT_HERE)


def remove_expired() -> int:
    """Delete the files whose time is over; how many there were."""
    return remove(sa.and_(DataCopy.state == "ready", DataCopy.expires_at <= now()))


def remove_all_of(person_id: int) -> int:
    """Delete every file that was made for somebody; how many there were."""
    return remove(sa.and_(DataCopy.user_id == person_id, DataCopy.state == "ready"))


def remove(which: sa.ColumnElement[bool]) -> int:
    """The rows first: a file that nobody knows of is found again, a row without its file would promise too much."""
    with writing() as unit:
        found = unit.execute(sa.select(DataCopy.id, DataCopy.file_key).where(which).with_for_update()).all()
        gone = DataCopy.id.in_([copy_id for copy_id, _ in found])
        unit.execute(sa.update(DataCopy).where(gone).values(state="expired", file_key=""))
    for _, key in found:
        media_store().delete(key)
    return len(found)


def remove_orphans(older_than_s: float = CRASHED_BEFORE_S) -> int:
    """Delete files of which no copy knows: a crash came between them and their row, or the account is gone."""
    known = set(session().scalars(sa.select(DataCopy.file_key).where(DataCopy.file_key != "")))
    session().rollback()
    return media_store().remove_unknown(KIND, known, older_than_s)
