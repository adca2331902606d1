"""The pages of exports: what one may take out, those one started, how one goes, and its file."""

import secrets
from datetime import date

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.errors import Invalid, NotFound
from musicapp.security import signed_in
from musicapp.sheets import Column
from musicapp.sheets.answering import sheet_answer
from musicapp.sheets.writing import FORMATS
from musicapp.storage import send_stored
from plugins.reports import plugin
from plugins.reports.services import exports
from plugins.reports.services.exports import Asked

OF_COLUMNS = [
    Column("column", "Its name in the head of the sheet."),
    Column("holds", "Text, whole number, number, yes or no, day, or moment."),
    Column("words", "What stands in it."),
]
SCOPES = {"artist": "Your music", "member": "You", "admin": "The whole site"}

plugin.nav("Exports", ".exports", permission="member", icon="download", place="account")


@plugin.get("/exports", permission="member", endpoint="exports")
def list_exports() -> str:
    """What one may take out, and the exports that one started."""
    page = exports.exports_of(signed_in(), cursor=request.args.get("cursor"))
    kinds = exports.exports_for(signed_in())
    by_scope = {title: [kind for kind in kinds if kind.export.scope == scope] for scope, title in SCOPES.items()}
    return render_template(
        "reports/exports.html",
        rows=page.rows,
        next_url=url_for(".exports", cursor=page.next) if page.next else "",
        is_first=not request.args.get("cursor"),
        kinds={title: found for title, found in by_scope.items() if found},
        formats=FORMATS,
        form_key=secrets.token_hex(16),
    )


@plugin.post("/exports", permission="member")
def start_export() -> ResponseReturnValue:
    """Start an export and show how it goes."""
    form = request.form
    asked = Asked(
        name=form.get("name", ""),
        format=form.get("format", "csv"),
        subject_id=number_of(form.get("subject", "")),
        first=day_of("from"),
        last=day_of("to"),
        form_key=form.get("key", ""),
    )
    return redirect(url_for(".show_export", export_id=exports.start_export(signed_in(), asked)), 303)


def number_of(text: str) -> int:
    """The number in a field, 0 where there is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def day_of(field: str) -> date | None:
    """The day in a field of the form, None where it is empty; raises Invalid."""
    text = request.form.get(field, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        sentence = "A day looks like 2026-11-22."
        raise Invalid(sentence, {field: [sentence]}) from None


@plugin.get("/exports/<int:export_id>", permission="member")
def show_export(export_id: int) -> str:
    """How an export goes; ready, what its file is."""
    row = exports.export_of(signed_in(), export_id)
    return render_template("reports/export.html", row=row, export=row.export)


@plugin.get("/exports/columns/<name>/<any(csv, xlsx, ods):format>", permission="member", endpoint="columns_sheet")
def send_columns(name: str, format: str) -> Response:
    """The columns of an export as a small sheet, to keep beside the file."""
    export = exports.export_named(name)
    rows = [(column.name, column.holds, column.words) for column in export.columns]
    return sheet_answer(FORMATS[format], OF_COLUMNS, rows, f"columns-of-{export.name.replace('.', '-')}")


@plugin.post("/exports/<int:export_id>/cancel", permission="member")
def cancel_export(export_id: int) -> ResponseReturnValue:
    """Stop an export."""
    exports.cancel_export(signed_in(), export_id)
    flash("The export is cancelled.", "success")
    return redirect(url_for(".exports"), 303)


@plugin.post("/exports/<int:export_id>/delete", permission="member")
def delete_export(export_id: int) -> ResponseReturnValue:
    """Delete the file of an export before its time."""
    exports.remove_export(signed_in(), export_id)
    flash("The file is deleted.", "success")
    return redirect(url_for(".exports"), 303)


@plugin.get("/exports/files/<secret>/<name>", permission="member", endpoint="export_file")
def send_file(secret: str, name: str) -> Response:
    """The file of an export, for its owner alone: who has its address still must be signed in as them."""
    row = exports.export_by_secret(signed_in(), secret)
    if row.state != "ready" or name != row.file_name:
        raise NotFound("This file is no longer here. Its time was over, or it was deleted.")
    return send_stored(
        row.file_key,
        content_type=FORMATS[row.format].content_type,
        etag=row.sha256,
        download_name=row.file_name,
    )
