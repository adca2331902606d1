"""Making the file of an export: in a job, whole or not at all."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from musicapp.addresses import url_of
from musicapp.clock import now
from musicapp.database import session
from musicapp.errors import Refused, Unavailable
from musicapp.jobs import LeaseLost, RunningJob
from musicapp.sheets import Value
from musicapp.sheets.writing import FORMATS, CellTooLong, Format, written
from musicapp.snapshots import one_snapshot
from musicapp.storage import StoredFile, media_store
from plugins.auth import services as auth
from plugins.inbox.services import tell
from plugins.reports.models import TakenOut
from plugins.reports.services.exports.kinds import export_named, refuse_strangers, title_of
from plugins.reports.services.exports.starting import span_of
from plugins.reports.services.limits import limits
from plugins.reports.services.points import Export

KIND = "exports"
READY = "reports.export"
ROWS_AT_ONCE = 100


class Count:
    """Rows on their way into a file, counted as they pass; each hundredth says so to the job."""

    def __init__(self, rows: Iterator[Sequence[Value]], job: RunningJob, total: int) -> None:
        self.rows = rows
        self.job = job
        self.total = total
        self.done = 0

    def __iter__(self) -> Iterator[Sequence[Value]]:
        for row in self.rows:
            yield row
            self.done += 1
            if self.done % ROWS_AT_ONCE == 0:
                self.job.progress(self.done, max(self.done, self.total))
        self.job.progress(self.done, self.done)


def make_export(job: RunningJob, export_id: int) -> None:
    """Make the file of an export and say so in one commit; what it may not hold is said to its owner instead.

    Raises LeaseLost for one that was cancelled.
    """
    asked = session().get(TakenOut, export_id)
    if asked is None or asked.state != "open":
        return
    session().expunge(asked)  # what it asks for is read again and again while the session begins anew
    try:
        export = export_named(asked.name)
        refuse_strangers(auth.person_with_id(asked.person_id), export, asked.subject_id)
        stored, count = file_of(job, export, asked)
    except Unavailable:
        raise  # the disk or the bucket may take it at the next attempt
    except (Refused, CellTooLong) as refused:
        close(job, asked, {"state": "failed", "problem": str(refused)}, "could not be made.")
        return
    try:
        kept = close(job, asked, ready(stored, count), "is ready.")
    except LeaseLost:
        media_store().delete(stored.key)
        raise
    # After any other error nobody knows whether the commit came through; a file that is of no use is found at night.
    if not kept:
        media_store().delete(stored.key)


def file_of(job: RunningJob, export: Export, asked: TakenOut) -> tuple[StoredFile, int]:
    """The stored file of an export, and how many rows it has below its head; all of them are of one moment."""
    span = span_of(asked.first_on, asked.last_on)
    chosen = FORMATS[asked.format]
    given = (asked.person_id, asked.subject_id, span)
    with one_snapshot():
        total = export.count(*given)
        job.progress(0, total)
        refuse_long(chosen, total)
        rows = Count(export.call(*given), job, total)
        with written(chosen, export.columns, rows) as sheet:
            stored = media_store().save(sheet, kind=KIND, suffix=f".{chosen.name}")
    return stored, rows.done


def refuse_long(chosen: Format, total: int) -> None:
    """Refuse what would take too long in this format."""
    most = {"xlsx": limits().export_xlsx_rows, "ods": limits().export_ods_rows}.get(chosen.name)
    if most is not None and total > most:
        raise Refused(
            f"These are {total:,} rows, and as {chosen.name.upper()} an export has at most {most:,}. Take CSV, "
            "which every spreadsheet opens, or fewer days."
        )


def ready(stored: StoredFile, count: int) -> dict[str, Any]:
    """What is written down of an export that was made."""
    at = now()
    return {
        "state": "ready",
        "rows_count": count,
        "size_bytes": stored.size_bytes,
        "sha256": stored.sha256,
        "file_key": stored.key,
        "ready_at": at,
        "expires_at": at + timedelta(days=limits().export_days),
    }


def close(job: RunningJob, asked: TakenOut, values: dict[str, Any], words: str) -> bool:
    """Say what became of an export, to its row and to its owner, in the commit that ends the job; False where they are
    gone."""
    still_open = sa.and_(TakenOut.id == asked.id, TakenOut.state == "open")
    text = f"Your export “{title_of(asked.name)}” {words}"
    url = url_of("reports.show_export", export_id=asked.id)
    with job.finish() as unit:
        kept = unit.execute(sa.update(TakenOut).where(still_open).values(**values).returning(TakenOut.id)).scalar()
        if kept is not None:
            tell([asked.person_id], READY, key=f"export-{asked.id}", text=text, url=url)
    return kept is not None
