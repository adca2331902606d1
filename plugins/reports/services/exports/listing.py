"""How exports go: those of one person, the newest first, and one by its id or by its secret."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.errors import NotFound
from musicapp.jobs.models import Job
from musicapp.paging import Order, Page, page_of
from plugins.reports.models import TakenOut
from plugins.reports.services.exports.kinds import all_exports, title_of
from plugins.reports.services.persons import Person
from plugins.reports.services.points import Export

NOT_HERE = "There is no such export among yours."
NEWEST = Order("newest", TakenOut.id, TakenOut.id, descending=True)
STATE = sa.case(
    (TakenOut.state != "open", TakenOut.state),
    (Job.state.in_(("waiting", "running")), Job.state),
    (Job.state == "cancelled", sa.literal("cancelled")),
    else_=sa.literal("failed"),
).label("shown_state")
COLUMNS = (
    TakenOut.id,
    TakenOut.name,
    TakenOut.subject_id,
    TakenOut.subject_title,
    TakenOut.format,
    TakenOut.first_on,
    TakenOut.last_on,
    STATE,
    TakenOut.problem,
    sa.func.coalesce(TakenOut.rows_count, Job.rows_done).label("shown_rows"),
    Job.rows_total,
    TakenOut.size_bytes,
    TakenOut.sha256,
    TakenOut.secret,
    TakenOut.file_key,
    TakenOut.created_at,
    TakenOut.ready_at,
    TakenOut.expires_at,
    TakenOut.job_id,
    Job.started_at,
)


@dataclass(frozen=True)
class ExportRow:
    """An export as its owner sees it; `state` is waiting, running, ready, failed, cancelled or expired."""

    id: int
    name: str
    subject_id: int
    subject_title: str
    format: str
    first_on: date | None
    last_on: date | None
    state: str
    problem: str
    rows_done: int | None
    rows_total: int | None
    size_bytes: int | None
    sha256: str
    secret: str
    file_key: str
    created_at: datetime
    ready_at: datetime | None
    expires_at: datetime | None
    job_id: int | None
    started_at: datetime | None

    @property
    def is_under_way(self) -> bool:
        return self.state in ("waiting", "running")

    @property
    def percent(self) -> int | None:
        """How far it is, None before that is known."""
        if self.state != "running" or self.rows_done is None or self.rows_total is None:
            return None
        return min(100, 100 * self.rows_done // self.rows_total) if self.rows_total else 100

    @property
    def left_s(self) -> float | None:
        """The seconds that are left at the pace until now; None before there is one."""
        if self.state != "running" or not self.rows_done or self.rows_total is None or self.started_at is None:
            return None
        passed_s = (now() - self.started_at).total_seconds()
        return max(0.0, passed_s * (self.rows_total - self.rows_done) / self.rows_done)

    @property
    def export(self) -> Export | None:
        """What it is one of; None while its plugin does not run."""
        return next((export for export in all_exports() if export.name == self.name), None)

    @property
    def title(self) -> str:
        """What its plugin calls it."""
        return title_of(self.name)

    @property
    def file_name(self) -> str:
        """Under which name it is saved: what it is, of which days."""
        days = [on.isoformat() for on in (self.first_on, self.last_on) if on is not None]
        when = "-to-".join(days) if days else self.created_at.date().isoformat()
        return f"{self.name.partition('.')[2] or self.name}-{when}.{self.format}"


def exports_of(person: Person, *, limit: int = 20, cursor: str | None = None) -> Page[ExportRow]:
    """A page of somebody's exports."""
    chosen = sa.select(TakenOut).where(TakenOut.person_id == person.id)
    return page_of(chosen, NEWEST, export_row, shows=with_job, limit=limit, cursor=cursor)


def export_of(person: Person, export_id: int) -> ExportRow:
    """One export of somebody; raises NotFound, also for those of others."""
    chosen = sa.select(TakenOut).where(TakenOut.id == export_id, TakenOut.person_id == person.id)
    return found(chosen)


def export_by_secret(person: Person, secret: str) -> ExportRow:
    """One export of somebody by the secret of its address; raises NotFound, also for those of others."""
    return found(sa.select(TakenOut).where(TakenOut.secret == secret, TakenOut.person_id == person.id))


def found(chosen: sa.Select[Any]) -> ExportRow:
    row = session().execute(with_job(chosen)).one_or_none()
    if row is None:
        raise NotFound(NOT_HERE)
    return export_row(row)


def is_under_way(person_id: int) -> sa.Select[int]:
    """How many exports of somebody wait or are being made."""
    counted = sa.select(sa.func.count()).select_from(TakenOut).join(Job, Job.id == TakenOut.job_id)
    return counted.where(
        TakenOut.person_id == person_id, TakenOut.state == "open", Job.state.in_(("waiting", "running"))
    )


def with_job(chosen: sa.Select[Any]) -> sa.Select[Any]:
    joined = chosen.outerjoin(Job, Job.id == TakenOut.job_id)
    return joined.with_only_columns(*COLUMNS, maintain_column_froms=True)


def export_row(row: Any) -> ExportRow:
    return ExportRow(*row[: len(COLUMNS)])
