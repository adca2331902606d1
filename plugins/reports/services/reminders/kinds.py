"""Reminders as kinds of alerts: each is wanted or not by itself, comes by mail alone, and can be ended in its mail."""

from functools import partial

from musicapp.plugins.slots import contributions
from plugins.auth.services import Person
from plugins.inbox.services import AlertKind
from plugins.reports.services.limits import limits
from plugins.reports.services.points import Reminder
from plugins.reports.services.reminders.ledger import kind_of
from plugins.reports.services.reminders.letters import write_letter


def reminder_kinds() -> list[AlertKind]:
    """A kind for each reminder that plugins contribute."""
    return [
        AlertKind(
            call=partial(concerns, reminder),
            name=kind_of(reminder.name),
            title=reminder.title,
            words=reminder.words,
            email=lambda: limits().mail_unasked,
            letter=partial(write_letter, reminder),
            page=False,
        )
        for reminder in contributions("reports.reminder")
    ]


def concerns(reminder: Reminder, person: Person) -> bool:
    """Whether somebody can get this reminder at all."""
    return reminder.concerns is None or reminder.concerns(person)
