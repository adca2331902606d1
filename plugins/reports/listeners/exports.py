"""The button by which other plugins' pages let somebody take out what they show."""

import secrets

from markupsafe import Markup

from musicapp.plugins.slots import fragment
from musicapp.security import signed_in
from musicapp.spans import Span
from plugins.reports import plugin


@plugin.fills("site.export")
def export_button(name: str, subject_id: int, span: Span | None, words: str) -> Markup | str:
    """A button that starts an export; nothing for visitors, who have none."""
    if signed_in() is None:
        return ""
    given = {"name": name, "subject_id": subject_id, "span": span, "words": words}
    return fragment("reports/_export_button.html", form_key=secrets.token_hex(16), **given)
