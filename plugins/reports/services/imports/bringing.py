"""Taking a sheet in: its file is kept until the worker has read it."""

from typing import IO

from musicapp.database import writing
from musicapp.errors import Invalid
from musicapp.jobs import enqueue
from musicapp.sheets.reading import LARGEST_BYTES
from musicapp.storage import media_store
from plugins.reports.models import BroughtIn
from plugins.reports.services.imports.kinds import Person, import_for

KIND = "imports"
LONGEST_NAME = 200


def bring_in(person: Person, name: str, subject_id: int, file_name: str, stream: IO[bytes]) -> int:
    """Keep a sheet and have it read; answers the number under which it is seen. Raises NotFound, Invalid."""
    import_for(person, name)
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
            enqueue("reports.read_import", {"brought_id": brought.id}, key=str(brought.id))
    except BaseException:
        media_store().delete(kept.key)
        raise
    return brought.id
