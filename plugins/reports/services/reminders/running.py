"""The daily run: each reminder is asked whom it concerns, some people at a time; one that raises costs only itself."""

import logging
from collections.abc import Callable, Sequence
from datetime import date, datetime

from musicapp.blocks import Block, Section
from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.mail import sends_mail
from musicapp.pages import local
from musicapp.plugins.slots import contributions
from plugins.inbox.services import tell
from plugins.reports.services.monthly.composing import Failures
from plugins.reports.services.monthly.runs import note
from plugins.reports.services.points import Reminder
from plugins.reports.services.reminders.ledger import AUDIENCE, Thing, keep, kind_of, known_keys, whose_turn
from plugins.reports.services.reminders.letters import letter_key

log = logging.getLogger(__name__)

AT_ONCE = 200


def remind(at: datetime, say: Callable[[int], None]) -> None:
    """Remind everybody of what is due at a moment; `say` hears how many letters are on their way.

    A day that is over is not made up for: what was to be said then is old, and its people are asked about again today.
    """
    if local(at).date() < local(now()).date() or not sends_mail():
        return
    reminded = 0
    for reminder in in_order():
        after: int | None = 0
        while after is not None:
            after, more = contained_chunk(reminder, at, after)
            reminded += more
            say(reminded)


def in_order() -> list[Reminder]:
    """All reminders, those first that take precedence when several concern somebody on the same day."""
    reminders: list[Reminder] = contributions("reports.reminder")
    return sorted(reminders, key=lambda reminder: (reminder.order, reminder.name))


def contained_chunk(reminder: Reminder, at: datetime, after: int) -> tuple[int | None, int]:
    """Remind the next people of one thing: the last of them, None at the end, and how many get a letter.

    A reminder that raises has come to its end for today, and admins read why.
    """
    try:
        return remind_chunk(reminder, at, after)
    except Exception as error:
        session().rollback()
        log.exception("The reminder “%s” failed; the others go on.", reminder.name)
        failures = Failures(logged={reminder.name})
        failures.note(reminder.name, [(0, 0)], error)
        with writing():
            note(f"{local(at):%Y-%m}", AUDIENCE, failures)
        return None, 0


def remind_chunk(reminder: Reminder, at: datetime, after: int) -> tuple[int | None, int]:
    """Ask a reminder for its next people, and remind those whose turn it is of what they do not know."""
    answered = [
        Thing(person_id, key, subject, in_sections(blocks))
        for person_id, key, subject, blocks in reminder.call(at, after, AT_ONCE)
    ]
    if not answered:
        return None, 0
    ids = [thing.person_id for thing in answered]
    if ids != sorted(ids) or ids[0] <= after:
        raise ValueError(f"{reminder.name} must answer people by rising id, after {after}: {ids}")
    today = local(at).date()
    turn, known = whose_turn(ids, reminder.name, today), known_keys(ids, reminder.name)
    new = [thing for thing in answered if thing.person_id in turn and (thing.person_id, thing.key) not in known]
    return ids[-1], send(reminder, new, today) if new else 0


def in_sections(blocks: Sequence[Block | Section]) -> list[Section]:
    """What a reminder says as sections: bare blocks are one without a heading."""
    sections = [part for part in blocks if isinstance(part, Section)]
    bare = [part for part in blocks if not isinstance(part, Section)]
    return [*sections, Section("", bare)] if bare else sections


def send(reminder: Reminder, things: Sequence[Thing], today: date) -> int:
    """Put the letters about these things on their way, one for each person: how many."""
    with writing():
        person_ids = keep(reminder.name, things, today)
        tell(person_ids, kind_of(reminder.name), key=letter_key(reminder.name, today), text=reminder.title)
    return len(person_ids)
