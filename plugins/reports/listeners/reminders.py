"""The reminder of reports' own, and all reminders as kinds that people choose among."""

from collections.abc import Iterator
from datetime import datetime

from plugins.inbox.services import AlertKind
from plugins.reports import plugin
from plugins.reports.services import reminders
from plugins.reports.services.reminders.away import NAME, Due


@plugin.contributes(
    "reports.reminder",
    name=NAME,
    title="New since you were here",
    words="When you were away for a while: new music and answers, if there are any.",
    order=90,
    holds=reminders.still_away,
)
def away(at: datetime, after: int, limit: int) -> Iterator[Due]:
    """Listeners who have not been here for a while."""
    return reminders.people_away(at, after, limit)


@plugin.contributes("inbox.kinds", name="reports.reminder")
def kinds() -> list[AlertKind]:
    """A kind for each reminder."""
    return reminders.reminder_kinds()
