"""The letter of a reminder: all that somebody was reminded of at once, as far as it still holds when it is sent."""

from datetime import date, timedelta

from musicapp.blocks import Section
from musicapp.clock import now
from musicapp.withheld import for_reader
from plugins.auth.services import person_with_id
from plugins.reports.services.persons import Person
from plugins.reports.services.points import Reminder
from plugins.reports.services.reminders.ledger import told_on

GOOD_FOR = timedelta(days=1)


def letter_key(name: str, day: date) -> str:
    """The key of the alert by which people are mailed a reminder on a day."""
    return f"{name} {day.isoformat()}"


def write_letter(reminder: Reminder, person_id: int, key: str) -> tuple[str, list[Section]] | None:
    """The subject and sections of somebody's letter; None when nothing of it holds any more, is hidden from them, or it
    waited for a day."""
    day = date.fromisoformat(key.rpartition(" ")[2])
    person = person_with_id(person_id)
    still = [
        thing
        for thing in told_on(person_id, reminder.name, day)
        if now() - thing.made_at < GOOD_FOR and (reminder.holds is None or reminder.holds(person_id, thing.key))
    ]
    told = [(thing, sections) for thing in still if (sections := left_of(person, thing.sections))]
    if not told:
        return None
    others = f" (and {len(told) - 1} more)" if len(told) > 1 else ""
    return f"{told[0][0].subject}{others}", [section for _, sections in told for section in sections]


def left_of(person: Person, sections: list[Section]) -> list[Section]:
    """What they may still know of; nothing where all headings are gone, which sections without one only follow."""
    left = for_reader(person, sections)
    were_headed, are_headed = (any(section.heading for section in some) for some in (sections, left))
    return left if are_headed or not were_headed else []
