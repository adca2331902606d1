"""The numbers of moderation by day, for who runs the site."""

from collections.abc import Mapping
from datetime import date

from plugins.moderation import plugin
from plugins.moderation.services import counting


@plugin.contributes("site.number", name="moderation.reports", title="Reports", order=80, page="moderation.queue")
def reports(first: date, last: date) -> Mapping[date, int]:
    """How often something was reported."""
    return counting.reports(first, last)


@plugin.contributes(
    "site.number",
    name="moderation.waiting",
    title="cases wait",
    one="case waits",
    kind="now",
    order=81,
    beside="moderation.reports",
)
def waiting() -> int:
    """Cases that wait for a moderator."""
    return counting.waiting()


@plugin.contributes(
    "site.number", name="moderation.decisions", title="decisions", one="decision", order=82, beside="moderation.reports"
)
def decisions(first: date, last: date) -> Mapping[date, int]:
    """Decisions that were made."""
    return counting.decisions(first, last)
