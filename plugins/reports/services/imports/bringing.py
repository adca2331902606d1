"""Taking a sheet in: its file is kept until the worker has read it."""

from typing import IO

import sqlalchemy as sa

from musicapp.database import session, writing
from musicapp.errors import Conflict, Invalid
from musicapp.jobs import enqueue
from musicapp.sheets.reading import LARGEST_BYTES
from musicapp.storage import media_store
from plugins.reports.models import BroughtIn
from plugins.reports.services.imports.kinds import import_for
from plugins.reports.services.persons import Person

KIND = "imports"
LONGEST_NAME = 200
AT_ONCE = 3


def bring_in(person: Person, name: str, subject_id: int, file_name: str, stream: IO[bytes]) -> int:
    """Keep a sheet and have it read; answers the number under which it is seen. Raises NotFound, Invalid, Conflict."""
    import_for(person, name)
    refuse_many(person)
    size_bytes = stream.seek(0, 2)
    stream.seek(0)
    if not size_bytes:
        raise Invalid("This file is empty.")
    if size_bytes > LARGEST_BYTES:
        raise Invalid(f"A sheet may have {LARGEST_BYTES >> 20} MB. Send it in parts, each with the heads above.")
    kept = media_store().save(stream, kind=KIND, suffix="")
    try:
        with writing() as unit:
            brought = BroughtIn(
                person_id=person.id,
                name=name,
                subject_id=subject_id,
                file_name=file_name[-LONGEST_NAME:],
                file_key=kept.key,
            )
            unit.add(brought)
            unit.flush()
            enqueue("reports.read_import", {"brought_id": brought.id})
    except BaseException:
        media_store().delete(kept.key)
        raise
    return brought.id


def refuse_many(person: Person) -> None:
    """Refuse a further sheet while several of theirs wait to be read."""
    mine = sa.and_(BroughtIn.person_id == person.id, BroughtIn.state == "reading")
    waiting = session().scalar(sa.select(sa.func.count()).select_from(BroughtIn).where(mine)) or 0
    if waiting >= AT_ONCE:
        raise Conflict(f"{waiting} sheets of yours are being read. Wait until they are.")
