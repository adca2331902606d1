"""The ledger of reminders: whose turn it is, what each was reminded of, and that two at once remind once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from musicapp.blocks import Section, as_json, from_json
from musicapp.database import UNSYNCED, insert_for, session, writing
from plugins.auth.services import reachable
from plugins.inbox.services import who_wants_mail
from plugins.reports.models import Reminded, ReminderTurn

AUDIENCE = "reminders"
"""The name under which admins read what failed of reminders, beside the audiences of reports."""
WEEK = timedelta(days=7)
WORDS_KEPT = timedelta(days=30)
BATCH = 1_000


@dataclass(frozen=True)
class Thing:
    """What somebody is to be reminded of; `key` tells it from any other of its reminder."""

    person_id: int
    key: str
    subject: str
    sections: list[Section]


@dataclass(frozen=True)
class ToldThing:
    """What somebody was reminded of, and when that was."""

    key: str
    subject: str
    sections: list[Section]
    made_at: datetime


def kind_of(name: str) -> str:
    """The kind of alert that a reminder is for the inbox, whose preferences it shares."""
    return f"reports.reminder.{name}"


def whose_turn(person_ids: Collection[int], name: str, today: date) -> set[int]:
    """Those of some people who may be written to, want this reminder, and were not reminded of anything for a week."""
    ids = sorted(set(person_ids))
    had = sa.select(ReminderTurn.person_id).where(ReminderTurn.person_id.in_(ids), ReminderTurn.day > today - WEEK)
    return (who_wants_mail(ids, kind_of(name)) & reachable(ids)) - set(session().scalars(had))


def known_keys(person_ids: Collection[int], name: str) -> set[tuple[int, str]]:
    """What some people were reminded of already, as pairs of person and key."""
    query = sa.select(Reminded.person_id, Reminded.key).where(Reminded.name == name, Reminded.person_id.in_(person_ids))
    return {(person_id, key) for person_id, key in session().execute(query)}


def keep(name: str, things: Sequence[Thing], today: date) -> list[int]:
    """Take the turns of these people and note what they are reminded of, inside `writing()`: whom it was left to us to
    remind. Another run that does the same at this moment waits for our commit and then finds no turn left."""
    taken = take_turns(sorted({thing.person_id for thing in things}), today)
    rows = [
        {
            "person_id": thing.person_id,
            "name": name,
            "key": thing.key,
            "day": today,
            "subject": thing.subject,
            "sections": as_json(thing.sections),
        }
        for thing in things
        if thing.person_id in taken
    ]
    if not rows:
        return []
    insert = insert_for(Reminded).on_conflict_do_nothing().returning(Reminded.person_id)
    return sorted(set(session().scalars(insert, rows)))


def take_turns(person_ids: Sequence[int], today: date) -> set[int]:
    """Note for people that this week's reminder is theirs today; those who had none yet."""
    row = insert_for(ReminderTurn)
    take = row.on_conflict_do_update(
        index_elements=["person_id"], set_={"day": row.excluded.day}, where=ReminderTurn.day <= today - WEEK
    )
    rows = [{"person_id": person_id, "day": today} for person_id in person_ids]
    return set(session().scalars(take.returning(ReminderTurn.person_id), rows)) if rows else set()


def told_on(person_id: int, name: str, day: date) -> list[ToldThing]:
    """What somebody was reminded of on a day, in the order in which it was noted."""
    columns = (Reminded.key, Reminded.subject, Reminded.sections, Reminded.made_at)
    theirs = sa.and_(Reminded.person_id == person_id, Reminded.name == name, Reminded.day == day)
    rows = session().execute(sa.select(*columns).where(theirs).order_by(Reminded.id))
    return [ToldThing(key, subject, from_json(sections), made_at) for key, subject, sections, made_at in rows]


def forget_words(today: date) -> int:
    """Empty some letters of reminders that are a month old; that somebody was reminded stays. How many there were."""
    old = sa.and_(Reminded.day < today - WORDS_KEPT, Reminded.subject != "")
    some = sa.select(Reminded.id).where(old).limit(BATCH).scalar_subquery()
    empty = sa.update(Reminded).where(Reminded.id.in_(some)).values(subject="", sections=[]).returning(Reminded.id)
    with writing() as unit:
        return len(unit.scalars(empty, execution_options=UNSYNCED).all())
