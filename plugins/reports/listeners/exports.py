"""The button by which other plugins' pages let somebody take out what they show."""

import secrets

from markupsafe import Markup

from musicapp.plugins.slots import fragment
from musicapp.security import signed_in
from musicapp.spans import Span
from plugins.auth.services import Person
from plugins.reports import plugin
from plugins.reports.services import exports


@plugin.contributes(
    "inbox.kind", name=exports.READY, title="Exports", words="An export of yours is ready, or could not be made."
)
def for_everybody(person: Person) -> bool:
    """Everybody may take something out."""
    return True


@plugin.fills("site.export")
def export_button(name: str, subject_id: int, span: Span | None, words: str) -> Markup | str:
    """A button that starts an export; nothing for visitors, who have none."""
    if signed_in() is None:
        return ""
    given = {"name": name, "subject_id": subject_id, "span": span, "words": words}
    return fragment("reports/_export_button.html", form_key=secrets.token_hex(16), **given)
