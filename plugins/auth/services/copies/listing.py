"""How the copies of somebody's data go: theirs, the newest first, and one by the secret of its address."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from musicapp.database import session
from musicapp.errors import NotFound
from musicapp.jobs.models import Job
from plugins.auth.models import DataCopy

NOT_HERE = "There is no such copy of your data. Its time was over, or it was deleted."
SHOWN = 10
STATE = sa.case(
    (DataCopy.state != "open", DataCopy.state),
    (Job.state.in_(("waiting", "running")), Job.state),
    else_=sa.literal("failed"),
)


@dataclass(frozen=True)
class CopyRow:
    """A copy as its owner sees it; `state` is waiting, running, ready, failed or expired."""

    id: int
    state: str
    kib_done: int | None
    kib_total: int | None
    files_count: int | None
    size_bytes: int | None
    sha256: str
    secret: str
    file_key: str
    created_at: datetime
    ready_at: datetime | None
    expires_at: datetime | None

    @property
    def is_under_way(self) -> bool:
        return self.state in ("waiting", "running")

    @property
    def percent(self) -> int | None:
        """About how far it is, None before that is known."""
        if self.state != "running" or self.kib_done is None or not self.kib_total:
            return None
        return min(99, 100 * self.kib_done // self.kib_total)

    @property
    def file_name(self) -> str:
        """Under which name it is saved."""
        return f"my-data-{self.created_at:%Y-%m-%d}.zip"


@dataclass(frozen=True)
class Standing:
    """How it stands with the copy of somebody's data: the one that is made or can be fetched, and whether the last try
    failed."""

    newest: CopyRow | None
    failed: bool


def standing_of(person_id: int) -> Standing:
    """What the page of somebody's copies shows of them."""
    rows = copies_of(person_id)
    newest = next((row for row in rows if row.is_under_way or row.state == "ready"), None)
    return Standing(newest, failed=bool(rows) and rows[0].state == "failed")


def copies_of(person_id: int) -> list[CopyRow]:
    """The latest copies of somebody's data."""
    newest = copies(DataCopy.user_id == person_id).order_by(DataCopy.id.desc()).limit(SHOWN)
    return [CopyRow(*row) for row in session().execute(newest)]


def copy_by_secret(person_id: int, secret: str) -> CopyRow:
    """A copy that can be fetched, by the secret of its address and whose it is; raises NotFound, also for others'."""
    mine = copies(DataCopy.secret == secret, DataCopy.user_id == person_id, DataCopy.state == "ready")
    row = session().execute(mine).one_or_none()
    if row is None:
        raise NotFound(NOT_HERE)
    return CopyRow(*row)


def copies(*which: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            DataCopy.id,
            STATE,
            Job.rows_done,
            Job.rows_total,
            DataCopy.files_count,
            DataCopy.size_bytes,
            DataCopy.sha256,
            DataCopy.secret,
            DataCopy.file_key,
            DataCopy.created_at,
            DataCopy.ready_at,
            DataCopy.expires_at,
        )
        .outerjoin(Job, Job.id == DataCopy.job_id)
        .where(*which)
    )
