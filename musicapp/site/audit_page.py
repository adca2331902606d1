"""The audit log for admins: who did what to the site and its people, narrowed by who, what, about what and when."""

from datetime import date
from typing import Any

from flask import Response, current_app, render_template, request, stream_with_context, url_for

from musicapp import audit
from musicapp.audit.reading import (
    FIRST_DAY,
    LAST_DAY,
    PERSON,
    Wanted,
    acts,
    all_acts,
    in_words,
    known_actions,
    known_kinds,
)
from musicapp.database import writing
from musicapp.errors import Invalid
from musicapp.numbers.asking import today
from musicapp.site import plugin
from musicapp.site.audit_sheet import sheet

BY_SITE = "site"
UNKNOWN = "unknown"
LONGEST_FIELD = 60
LARGEST_ID = 2**63 - 1
LARGEST_PERSON = 2**31 - 1


@plugin.get("/audit", permission="site.admin", endpoint="audit")
def audit_log() -> str:
    """What was done, the newest first."""
    asked, wanted = asked_for(), wanted_acts()
    page = acts(wanted, cursor=request.args.get("cursor"))
    return render_template(
        "site/audit.html",
        acts=page.rows,
        next_url=url_for(".audit", **asked, cursor=page.next) if page.next else "",
        asked=asked,
        actions=[(name, f"{in_words(name.partition('.')[2])} ({name})") for name in known_actions()],
        kinds=[(name, in_words(name)) for name in known_kinds()],
        sheet_url=url_for(".audit_sheet", **asked),
        person_kind=PERSON,
    )


@plugin.get("/audit.csv", permission="site.admin")
def audit_sheet() -> Response:
    """All that the filters of the page leave, as a sheet, made while it is read; that it was taken out stands in it."""
    wanted = wanted_acts()
    if request.method == "GET":  # and not HEAD, by which nothing leaves
        with writing():
            audit.record("site.audit_taken_out", **narrowed_to(wanted))
    chunks = stream_with_context(sheet(all_acts(wanted)))
    response = Response(chunks, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="audit-{today()}.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def narrowed_to(wanted: Wanted) -> dict[str, Any]:
    """What was looked for, as the log keeps it for ever: people by their numbers, and no words of who looked."""
    asked = {
        "who": BY_SITE if wanted.by_site else wanted.by_ids,
        "what": wanted.action if not wanted.action or wanted.action in known_actions() else UNKNOWN,
        "kind": wanted.about_kind if not wanted.about_kind or wanted.about_kind in known_kinds() else UNKNOWN,
        "number": wanted.about_id,
        "first": str(wanted.first or ""),
        "last": str(wanted.last or ""),
    }
    return {name: value for name, value in asked.items() if value not in (None, "")}


def asked_for() -> dict[str, Any]:
    """The filters as they were typed, without the empty ones."""
    names = ("who", "action", "kind", "number", "first", "last")
    typed = {name: request.args.get(name, "").replace("\0", "").strip() for name in names}
    return {name: value for name, value in typed.items() if value}


def wanted_acts() -> Wanted:
    """The acts that the filters of the address leave; raises Invalid for those that cannot be read."""
    asked = asked_for()
    if too_long := [name for name, value in asked.items() if len(value) > LONGEST_FIELD]:
        raise Invalid("This is longer than any name or number here.", {too_long[0]: ["This is too long."]})
    who = asked.get("who", "")
    narrowing: dict[str, Any] = {"by_site": True} if who == BY_SITE else {"by_ids": people_called(who)} if who else {}
    return Wanted(
        **narrowing,
        action=asked.get("action", ""),
        about_kind=asked.get("kind", ""),
        about_id=number(asked["number"], LARGEST_ID, "number") if "number" in asked else None,
        first=day(asked["first"], "first") if "first" in asked else None,
        last=day(asked["last"], "last") if "last" in asked else None,
    )


def people_called(who: str) -> list[int]:
    """The people whom somebody means by a number or a whole name."""
    if who.isascii() and who.isdigit():
        return [number(who, LARGEST_PERSON, "who")]
    identity = current_app.extensions.get("identity")
    return list(identity.called(who)) if identity else []


def number(text: str, largest: int, name: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text) > largest:
        raise Invalid("There is no such number.", {name: ["This must be a number as the log shows it."]})
    return int(text)


def day(text: str, name: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = date.min
    if not FIRST_DAY <= found <= LAST_DAY:
        raise Invalid("There is no such day.", {name: ["Write days as 2026-11-30."]})
    return found
