"""All decisions, for moderators who look back: by what was decided, one's own, and those that were taken back."""

from flask import render_template, request, url_for

from plugins.moderation import plugin
from plugins.moderation.services.decided import DecidedFilters
from plugins.moderation.services.decided import decisions as decided
from plugins.moderation.services.words import ACTIONS
from plugins.moderation.views.answers import cursor_asked, next_url, person_here
from plugins.moderation.views.words import DECIDED

ROWS = 50


@plugin.get("/moderation/decisions", permission="moderation.moderate")
def decisions() -> str:
    """What was decided, by whom and why, the newest first."""
    which = request.args.get("of", "")
    filters = DecidedFilters(
        action=which if which in ACTIONS else "",
        by=person_here().id if which == "mine" else None,
        undone=which == "undone",
    )
    page = decided(filters, limit=ROWS, cursor=cursor_asked())
    shelves = {"": "All", "mine": "Yours", **DECIDED, "undone": "Taken back"}
    return render_template(
        "moderation/decisions.html",
        decisions=page.rows,
        choices=[
            (words, url_for(".decisions", of=name or None), name == which, None) for name, words in shelves.items()
        ],
        narrowed=bool(which),
        more=next_url(page, of=which or None),
        decided=DECIDED,
        back={"to": "decisions"},
    )
