"""Sheets that were brought in are forgotten after a week, or when they can no longer be undone."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from musicapp.database import after_commit, session, writing
from musicapp.errors import Conflict, NotFound
from musicapp.storage import media_store
from plugins.reports.models import BroughtIn
from plugins.reports.services.imports.bringing import KIND
from plugins.reports.services.imports.kinds import names_without_undo
from plugins.reports.services.imports.seeing import NOT_HERE, owned
from plugins.reports.services.limits import limits
from plugins.reports.services.persons import Person

KEPT = timedelta(days=7)
A_DAY_S = 24 * 60 * 60
AT_ONCE = 20
UNDER_WAY = ("applying", "undoing")


def forget(person: Person, brought_id: int) -> None:
    """Forget a sheet of one's own; what was applied of it stays. Raises NotFound, Conflict for one under way."""
    with writing() as unit:
        brought = unit.scalar(owned(person, brought_id).with_for_update())
        if brought is None:
            raise NotFound(NOT_HERE)
        if brought.state in UNDER_WAY:
            raise Conflict("This sheet is being worked on. Put it away when that is done.")
        remove(brought)


def forget_old(at: datetime) -> int:
    """Forget some of the sheets that came a week ago and can no longer be undone; how many there were."""
    undoable_since = at - timedelta(days=limits().import_undo_days)
    is_over = sa.or_(
        BroughtIn.applied_at.is_(None),
        BroughtIn.applied_at < undoable_since,
        BroughtIn.state == "undone",
        BroughtIn.name.in_(names_without_undo()),
    )
    with writing() as unit:
        old = sa.select(BroughtIn).where(BroughtIn.created_at < at - KEPT, BroughtIn.state.not_in(UNDER_WAY), is_over)
        gone = unit.scalars(old.order_by(BroughtIn.id).limit(AT_ONCE).with_for_update(skip_locked=True)).all()
        for brought in gone:
            remove(brought)
    return len(gone)


def remove(brought: BroughtIn) -> None:
    """Remove a sheet, and its file when it was never read."""
    key = brought.file_key
    if key:
        after_commit(lambda: media_store().delete(key))
    session().delete(brought)


def remove_orphans(older_than_s: float = A_DAY_S) -> int:
    """Remove files that no sheet names any more: its person's account is gone, or a crash came between."""
    known = set(session().scalars(sa.select(BroughtIn.file_key).where(BroughtIn.file_key != "")))
    session().rollback()
    return media_store().remove_unknown(KIND, known, older_than_s)
