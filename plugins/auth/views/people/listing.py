"""The list of people, with a search and filters."""

from typing import Any, cast, get_args

from flask import render_template, request, url_for

from musicapp.errors import NotFound
from plugins.auth import plugin
from plugins.auth.models import ROLES
from plugins.auth.services.roster.searching import Held, Sought, held_counts, people_found

PAGE = 50


@plugin.get("/people", permission="auth.people")
def people() -> str:
    """Everybody with an account, the newest first, or those who are looked for."""
    sought = sought_now()
    page = people_found(sought, limit=PAGE, cursor=request.args.get("cursor"))
    here: dict[str, Any] = {name: request.args.get(name) or None for name in ("q", "role", "held", "invitation")}
    return render_template(
        "auth/people.html",
        sought=sought,
        people=page.rows,
        here=here,
        counts=held_counts(),
        roles=ROLES,
        next_url=url_for(".people", **here, cursor=page.next) if page.next else "",
    )


def sought_now() -> Sought:
    """Whom the page's address asks for; raises NotFound for a filter that there is not."""
    role, held = request.args.get("role", ""), request.args.get("held") or None
    if (role and role not in ROLES) or (held and held not in get_args(Held)):
        raise NotFound("There is no such list of people.")
    return Sought(request.args.get("q", "").strip(), role, cast("Held | None", held), invitation_asked())


def invitation_asked() -> int | None:
    asked = request.args.get("invitation", "")
    if not asked:
        return None
    if not asked.isascii() or not asked.isdigit() or len(asked) > 9:
        raise NotFound("There is no such invitation.")
    return int(asked)
