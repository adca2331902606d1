"""Exports in the API: what may be taken out, starting one, how it goes, stopping it."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from flask import Response, url_for
from pydantic import Field

from musicapp.api import Body, PageQuery, answer, listing
from musicapp.paging import Page
from musicapp.security import signed_in
from plugins.reports import plugin
from plugins.reports.services import exports
from plugins.reports.services.exports import Asked, ExportKind, ExportRow

Id = Annotated[int, Field(ge=1, le=2**31 - 1)]


class ExportBody(Body):
    """What to take out."""

    name: str = Field(min_length=1, max_length=80, description="As `catalog.plays`, or `plays` where one is called so.")
    format: Literal["csv", "xlsx", "ods"] = "csv"
    subject: Id | None = Field(None, description="The artist; need not be said by who has one.")
    from_: date | None = Field(None, alias="from", description="The first day; without it 28 days.")
    to: date | None = Field(None, description="The last day; without it today.")


@plugin.api.get("/exports/names", permission="member")
def export_names() -> Response:
    """What I may take out, with the columns of each and what it may be about."""
    return answer([kind_shape(kind) for kind in exports.exports_for(signed_in())])


@plugin.api.get("/exports", permission="member", query=PageQuery)
def list_exports(query: PageQuery) -> Response:
    """My exports, the newest first."""
    page = exports.exports_of(signed_in(), limit=query.limit, cursor=query.cursor)
    return listing(Page([export_shape(row) for row in page.rows], page.next))


@plugin.api.post("/exports", permission="member", body=ExportBody)
def start_export(body: ExportBody) -> Response:
    """Start an export, which a job then makes; 429 while too many of mine are under way."""
    asked = Asked(body.name, body.format, body.subject or 0, body.from_, body.to)
    export_id = exports.start_export(signed_in(), asked)
    location = url_for("reports.api.show_export", export_id=export_id)
    made = export_shape(exports.export_of(signed_in(), export_id))
    return answer(made, "Your export is being made.", 202, location=location)


@plugin.api.get("/exports/<int:export_id>", permission="member")
def show_export(export_id: int) -> Response:
    """How an export of mine goes; once it is ready, `file_url` answers the file to me alone."""
    return answer(export_shape(exports.export_of(signed_in(), export_id)))


@plugin.api.delete("/exports/<int:export_id>", permission="member")
def end_export(export_id: int) -> Response:
    """Cancel an export of mine, or delete the file of one that is ready."""
    if exports.export_of(signed_in(), export_id).is_under_way:
        exports.cancel_export(signed_in(), export_id)
        said = "The export is cancelled."
    else:
        exports.remove_export(signed_in(), export_id)
        said = "The file is deleted."
    return answer(export_shape(exports.export_of(signed_in(), export_id)), said)


def export_shape(row: ExportRow) -> dict[str, Any]:
    """An export as JSON."""
    ready = row.state == "ready"
    return {
        "id": row.id,
        "name": row.name,
        "subject": {"id": row.subject_id, "title": row.subject_title} if row.subject_id else None,
        "format": row.format,
        "from": row.first_on.isoformat() if row.first_on else None,
        "to": row.last_on.isoformat() if row.last_on else None,
        "state": row.state,
        "problem": row.problem or None,
        "rows_done": row.rows_done,
        "rows_total": row.rows_done if ready else row.rows_total,
        "left_s": row.left_s,
        "size_bytes": row.size_bytes,
        "sha256": row.sha256 or None,
        "file_url": url_for("reports.export_file", secret=row.secret, name=row.file_name) if ready else None,
        "created_at": stamp(row.created_at),
        "ready_at": stamp(row.ready_at),
        "expires_at": stamp(row.expires_at),
    }


def kind_shape(kind: ExportKind) -> dict[str, Any]:
    """What may be taken out, as JSON."""
    export = kind.export
    return {
        "name": export.name,
        "title": export.title,
        "words": export.words,
        "dated": export.dated,
        "columns": [{"name": one.name, "words": one.words, "holds": one.holds} for one in export.columns],
        "subjects": [{"id": subject_id, "title": title} for subject_id, title in kind.subjects],
    }


def stamp(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
