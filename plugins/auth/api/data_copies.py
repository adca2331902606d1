"""Copies of one's data for programs."""

from datetime import datetime

from flask import Response, url_for
from pydantic import BaseModel

from musicapp.api import answer
from musicapp.security import signed_in
from plugins.auth import plugin
from plugins.auth.services.copies import clearing, listing, starting
from plugins.auth.services.copies.listing import CopyRow


class CopyShape(BaseModel):
    """A copy of everything that somebody owns; `state` is waiting, running, ready, failed or expired."""

    id: int
    state: str
    percent: int | None
    files_count: int | None
    size_bytes: int | None
    sha256: str | None
    file_url: str | None
    created_at: datetime
    ready_at: datetime | None
    expires_at: datetime | None


@plugin.api.get("/account/data", permission="member", answer=list[CopyShape])
def data_copies() -> Response:
    """The copies of my data, the newest first; `file_url` of one that is ready answers its ZIP to me alone."""
    return answer([copy_shape(row).model_dump(mode="json") for row in listing.copies_of(signed_in().id)])


@plugin.api.post("/account/data", permission="member", answer=CopyShape)
def copy_data() -> Response:
    """Have a ZIP made of everything that I own here; where one is being made already, that one is answered."""
    started = starting.start_copy(signed_in().id)
    newest = copy_shape(listing.copies_of(signed_in().id)[0])
    said = "The copy of your data is being made." if started else "A copy of your data is being made already."
    return answer(newest, said, 202, location=url_for("auth.api.data_copies"))


@plugin.api.delete("/account/data/<int:copy_id>", permission="member")
def delete_data_copy(copy_id: int) -> Response:
    """Delete the file of a copy of mine before its time."""
    clearing.remove_copy(signed_in().id, copy_id)
    return answer(None, "The file is deleted.")


def copy_shape(row: CopyRow) -> CopyShape:
    """A copy as JSON."""
    ready = row.state == "ready"
    return CopyShape(
        id=row.id,
        state=row.state,
        percent=100 if ready else row.percent,
        files_count=row.files_count,
        size_bytes=row.size_bytes,
        sha256=row.sha256 or None,
        file_url=url_for("auth.data_file", secret=row.secret, name=row.file_name) if ready else None,
        created_at=row.created_at,
        ready_at=row.ready_at,
        expires_at=row.expires_at,
    )
