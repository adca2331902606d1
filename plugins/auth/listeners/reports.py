"""What the report of who runs the site says of people."""

from musicapp.blocks import Block
from musicapp.spans import Span
from plugins.auth import plugin
from plugins.auth.services.months import accounts_of_month


@plugin.contributes("reports.section", name="auth.people", audience="admin", heading="People", order=10)
def people(_person_id: int, _subject_id: int, span: Span) -> list[Block]:
    """How many accounts there are, how many are new, and how many people were here."""
    return accounts_of_month(span)
