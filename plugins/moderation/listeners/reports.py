"""What moderation says in the report of who runs the site, and to chats of moderators."""

from datetime import datetime

from musicapp.blocks import Block
from musicapp.spans import Span
from plugins.moderation import plugin
from plugins.moderation.services import figures, news
from plugins.moderation.services.impartial import RIGHT


@plugin.contributes(
    "reports.section", name="moderation.cases", audience="admin", heading="Reports and decisions", order=60
)
def month(_person_id: int, _subject_id: int, span: Span) -> list[Block]:
    """What waits for a moderator, and what came and was decided."""
    return figures.figures_of_month(span)


@plugin.contributes(
    "reports.news",
    name="moderation.waiting",
    title="Reports that wait",
    words="Something was reported and waits for a moderator.",
    right=RIGHT,
)
def waiting(since: datetime, until: datetime) -> list[tuple[str, str, str, str]]:
    """Cases that began to wait since then."""
    return news.opened_between(since, until)
