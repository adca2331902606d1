"""Making the ZIP of everything that somebody owns: in a job, whole or not at all."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa

from musicapp import emit
from musicapp.clock import now
from musicapp.database import session
from musicapp.jobs import LeaseLost, RunningJob
from musicapp.plugins.slots import contributions
from musicapp.site.stored_settings import site_settings
from musicapp.snapshots import one_snapshot
from musicapp.storage import StoredFile, media_store
from plugins.auth.events import DataCopyReady
from plugins.auth.models import DataCopy
from plugins.auth.services.copies.zipping import ZipStream
from plugins.auth.services.points import Content, PersonalData
from plugins.auth.settings import auth_settings

POINT = "auth.personal_data"
KIND = "copies"
KIB = 1024
A_PAGE = 64 * KIB


def all_personal_data() -> list[PersonalData]:
    """What each plugin holds of people, in the order in which they are asked."""
    held: list[PersonalData] = contributions(POINT)
    return sorted(held, key=lambda one: (one.order, one.name))


def what_is_held() -> list[PersonalData]:
    """The same as people read it: the account first."""
    return all_personal_data()[::-1]


def make_copy(job: RunningJob, copy_id: int) -> None:
    """Make the file of a copy and say so in one commit. What a plugin raises fails the job, which is tried again:
    a copy that lacks what a running plugin holds is never handed out."""
    asked = session().get(DataCopy, copy_id)
    if asked is None or asked.state != "open":
        return
    person_id = asked.user_id
    stored, files_count = zipped(job, person_id)
    try:
        outdated = close(job, copy_id, person_id, stored, files_count)
    except LeaseLost:
        media_store().delete(stored.key)
        raise
    # After any other error nobody knows whether the commit came through; a file that is of no use is found at night.
    for key in outdated:
        media_store().delete(key)


def zipped(job: RunningJob, person_id: int) -> tuple[StoredFile, int]:
    """The stored ZIP, and how many files are in it; all of it is of one moment."""
    with one_snapshot():
        held = all_personal_data()
        total_kib = sum(one.weighs(person_id) if one.weighs else A_PAGE for one in held) // KIB
        at = now()

        def files() -> Iterator[tuple[str, Content]]:
            yield "READ ME.txt", read_me(at)
            for one in held:
                for file in one.call(person_id):
                    yield file
                    done_kib = stream.bytes_count // KIB
                    job.progress(done_kib, max(done_kib, total_kib))

        stream = ZipStream(files(), at)
        stored = media_store().save(stream, kind=KIND, suffix=".zip")
    return stored, stream.files_count


def read_me(at: datetime) -> str:
    """What the ZIP holds, for who opens it."""
    lines = [
        f"What {site_settings().name} holds of you, as it was on {at:%d %B %Y at %H:%M} (UTC).",
        "",
        "JSON files are for programs, CSV files for spreadsheets. Moments are UTC, in ISO 8601.",
    ]
    for one in what_is_held():
        lines += ["", one.title, f"    {one.words}"]
    return "\n".join(lines) + "\n"


def close(job: RunningJob, copy_id: int, person_id: int, stored: StoredFile, files_count: int) -> list[str]:
    """Note that a copy is ready, in the commit that ends the job; the keys of files that are then of no use: those of
    the copies before it, or this one where nobody waits for it any more."""
    at = now()
    made = {
        "state": "ready",
        "files_count": files_count,
        "size_bytes": stored.size_bytes,
        "sha256": stored.sha256,
        "file_key": stored.key,
        "ready_at": at,
        "expires_at": at + timedelta(days=auth_settings().copy_days),
    }
    with job.finish() as unit:
        still_open = sa.and_(DataCopy.id == copy_id, DataCopy.state == "open")
        kept = unit.execute(sa.update(DataCopy).where(still_open).values(**made).returning(DataCopy.id)).scalar()
        if kept is None:
            return [stored.key]
        before = sa.and_(DataCopy.user_id == person_id, DataCopy.state == "ready", DataCopy.id != copy_id)
        outdated = list(unit.scalars(sa.select(DataCopy.file_key).where(before)))
        unit.execute(sa.update(DataCopy).where(before).values(state="expired", file_key=""))
        emit(DataCopyReady(person_id))
    return outdated
