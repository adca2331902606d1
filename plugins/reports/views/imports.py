"""The pages of imports: bringing a sheet in, seeing what it would change, applying it, undoing that."""

import secrets
from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from musicapp.errors import Conflict, Invalid
from musicapp.security import signed_in
from musicapp.sheets.reading import LARGEST_BYTES
from plugins.reports import plugin
from plugins.reports.services import imports
from plugins.reports.services.persons import Person
from plugins.reports.services.points import Import

LARGEST_FORM = LARGEST_BYTES + (1 << 20)
ROWS = 50
BUSY = ("reading", "applying", "undoing")


@plugin.get("/imports", permission="member", endpoint="imports")
def list_imports() -> str:
    """What one may bring in, and what one brought lately."""
    return imports_page()


def imports_page(refused: str = "", at: str = "") -> str:
    """The page with all forms; `refused` is a sentence beside the form of the import named `at`."""
    person = signed_in()
    kinds = imports.imports_for(person)
    titles = {kind.name: kind.title for kind in kinds}
    return render_template(
        "reports/imports.html",
        kinds=kinds,
        lately=[(brought, titles[brought.name]) for brought in imports.brought_by(person) if brought.name in titles],
        refused=refused,
        at=at,
        within=place_of(kinds),
        largest_mb=LARGEST_BYTES >> 20,
        form_key=secrets.token_hex(16),
    )


def place_of(kinds: list[Import]) -> str:
    """The address of the menu entry that these pages belong to."""
    return url_for(".imports") if any(kind.scope == "admin" for kind in kinds) else ""


@plugin.post("/imports/<name>", permission="member", max_body=LARGEST_FORM)
def bring_in(name: str) -> ResponseReturnValue:
    """Take a sheet in and show what becomes of it."""
    sheet = request.files.get("sheet")
    try:
        if sheet is None or not sheet.filename:
            raise Invalid("Choose a sheet first.")
        brought_id = imports.bring_in(signed_in(), name, 0, sheet.filename, sheet.stream)
    except (Invalid, Conflict) as refused:
        return imports_page(refused.sentence, name), refused.status
    return to_sheet(brought_id)


@plugin.get("/imports/<int:brought_id>", permission="member")
def brought_sheet(brought_id: int) -> str:
    """What a sheet would change, or has changed; `?only=problems` shows the rows that are wrong."""
    person = signed_in()
    brought = imports.brought_sheet(person, brought_id)
    only_problems = request.args.get("only") == "problems"
    shown: dict[str, Any] = {"rows": [], "next_url": ""}
    if brought.state not in BUSY:
        page = imports.brought_lines(
            brought, only_problems=only_problems, limit=ROWS, cursor=request.args.get("cursor") or None
        )
        more = url_for(".brought_sheet", brought_id=brought.id, only=request.args.get("only"), cursor=page.next)
        shown = {"rows": page.rows, "next_url": more if page.next else ""}
    return render_template(
        "reports/import.html",
        brought=brought,
        kind=imports.import_for(person, brought.name),
        is_busy=brought.state in BUSY,
        only_problems=only_problems,
        is_first=not request.args.get("cursor"),
        undoable_until=imports.undoable_until(person, brought),
        **shown,
    )


@plugin.post("/imports/<int:brought_id>/apply", permission="member")
def apply_sheet(brought_id: int) -> ResponseReturnValue:
    """Apply the rows that are right."""
    return begin(imports.start_applying, brought_id)


@plugin.post("/imports/<int:brought_id>/undo", permission="member")
def undo_sheet(brought_id: int) -> ResponseReturnValue:
    """Take back what a sheet did."""
    return begin(imports.start_undoing, brought_id)


@plugin.post("/imports/<int:brought_id>/forget", permission="member")
def forget_sheet(brought_id: int) -> ResponseReturnValue:
    """Put a sheet away."""
    try:
        imports.forget(signed_in(), brought_id)
    except Conflict as refused:
        flash(refused.sentence, "error")
        return to_sheet(brought_id)
    flash("The sheet is put away. What was changed by it stays.", "success")
    return redirect(url_for(".imports"), 303)


def begin(start: Callable[[Person, int], object], brought_id: int) -> ResponseReturnValue:
    """Start work on a sheet, and show its page, which says how far that is or what stands in the way."""
    try:
        start(signed_in(), brought_id)
    except Conflict as refused:
        flash(refused.sentence, "error")
    return to_sheet(brought_id)


def to_sheet(brought_id: int) -> ResponseReturnValue:
    return redirect(url_for(".brought_sheet", brought_id=brought_id), 303)
