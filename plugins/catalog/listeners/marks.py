"""The form behind all hearts of a page."""

from flask import request

from musicapp.plugins.slots import fragment
from plugins.catalog import plugin


@plugin.fills("site.head_actions")
def marks_form() -> str:
    """One form for all hearts and follow buttons of a page; a visitor's leads to the log-in, and back."""
    here = request.full_path.rstrip("?") if request.method == "GET" else ""
    return fragment("catalog/_marks_form.html", here=here)
