"""Rows of a site that has been busy for two years: people, cases, reports, decisions, acts, mails and jobs."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa
from audience import DAYS, fill_catalogue, write_plays

from musicapp.audit.models import Act
from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.jobs.ledger import scheduled_kinds
from musicapp.jobs.models import Job, ScheduledRun
from musicapp.mail.models import Mail
from musicapp.numbers.asking import today
from musicapp.numbers.keeping import A_DAY, keep, numbers_until
from plugins.auth.models import Role, User, UserRole
from plugins.auth.services import Person
from plugins.catalog.models import ArtistMember
from plugins.moderation.models import Appeal, Case, CaseOwner, Concerned, Decision, Report
from plugins.moderation.services.weighing import weight_of

SEED = 1987
BATCH = 5_000
ARTISTS, LISTENERS = 1_000, 20_000
OWN_ARTISTS = 3
SONGS = ARTISTS * 10
HOLDING = {"waits_since": 2_000, "suspended_until": 1_500, "confirmed_at": 100}
"""Of so many people one waits for approval, is suspended, or has not confirmed their address."""
STATES = ("decided",) * 17 + ("closed", "open", "appealed")
CATEGORIES = ("rights", "wrong", "hateful", "spam", "other")
NAMES = ("Ada", "Ben", "Cleo", "Dora", "Emil", "Fay", "Gus", "Hana", "Ivo", "Jun")
Row = dict[str, Any]


def fill(people: int, plays: int, cases: int, acts: int) -> Person:
    """Write all of it past the services, and answer the admin who has everybody's music; an app's context is needed."""
    admin = fill_catalogue(ARTISTS)
    midnight = now().replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    write_plays(plays, ARTISTS, LISTENERS, midnight - DAYS * 86_400.0, DAYS * 86_400.0)
    chance = random.Random(SEED)
    with db.engine.execution_options(writing=True).begin() as connection:
        role_id = connection.scalar(sa.select(Role.id).where(Role.name == "user"))
        insert(connection, User, (person(number, chance) for number in range(2, people + 2)))
        insert(connection, UserRole, ({"user_id": number, "role_id": role_id} for number in range(2, people + 2)))
        insert(connection, Case, (case(number, chance) for number in range(1, cases + 1)))
        insert(connection, CaseOwner, ({"case_id": one, "person_id": owner(one, people)} for one in all_of(cases)))
        insert(connection, Decision, (decision(one) for one in all_of(cases) if decided(one)))
        concerned = ({"decision_id": one, "person_id": owner(one, people)} for one in all_of(cases) if decided(one))
        insert(connection, Concerned, concerned)
        insert(connection, Appeal, (appeal(one, people) for one in all_of(cases) if state_of(one) == "appealed"))
        insert(connection, Report, (report(one, cases, people) for one in all_of(2 * cases)))
        insert(connection, Act, (act(one, acts, cases, people) for one in all_of(acts)))
        insert(connection, Mail, (mail(one, acts) for one in all_of(acts // 2)))
        insert(connection, Job, (job(one, acts) for one in all_of(acts // 2)))
        insert(connection, ScheduledRun, scheduled_runs(acts // 20))
        theirs = sa.and_(ArtistMember.user_id == admin.id, ArtistMember.artist_id > OWN_ARTISTS)
        connection.execute(sa.delete(ArtistMember).where(theirs))
    count_rows()
    rows = numbers_until(today() - A_DAY)
    db.session.rollback()
    with writing() as unit:
        keep(unit, rows)
    return admin


def scheduled_runs(each: int) -> Iterator[Row]:
    """What the ledger keeps of a year of schedules that are due every few minutes."""
    for kind in scheduled_kinds()[:8]:
        for number in range(each):
            yield {"kind": kind.kind, "period": f"{number:08}", "due_at": now() - timedelta(minutes=5 * number)}


def insert(connection: sa.Connection, table: Any, rows: Iterator[Row]) -> None:
    while batch := list(islice(rows, BATCH)):
        connection.execute(sa.insert(table), batch)


def count_rows() -> None:
    """Let PostgreSQL know how much there is, and go on numbering where we ended; the site never tells SQLite either."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT", writing=True) as connection:
        if connection.dialect.name == "postgresql":
            for table in (User, Case, Decision, Appeal, Report, Act, Mail, Job):
                name = table.__tablename__
                last = f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"
                connection.execute(sa.text(last))
            connection.execute(sa.text("ANALYZE"))


def all_of(count: int) -> range:
    return range(1, count + 1)


def ago(place: int, count: int, days: int = DAYS) -> datetime:
    """The moment of one of `count` things that happened evenly over so many days, the last of them now."""
    return now() - timedelta(days=days) * (1 - place / count)


def person(number: int, chance: random.Random) -> Row:
    name, address = f"{chance.choice(NAMES)} {number}", f"listener{number}@example.org"
    at = ago(chance.randint(1, 1_000), 1_000)
    return {
        "id": number,
        "name": name,
        "email": address,
        "sought": f"{name} {address}".lower(),
        "password": "-",
        "active": number % 900 > 0,
        "created_at": at,
        "confirmed_at": None if number % HOLDING["confirmed_at"] == 0 else at,
        "last_seen_at": ago(chance.randint(1, 1_000), 1_000),
        "waits_since": at if number % HOLDING["waits_since"] == 0 else None,
        "suspended_until": now() + timedelta(days=3) if number % HOLDING["suspended_until"] == 0 else None,
        "fs_uniquifier": f"{number:032}",
    }


def state_of(number: int) -> str:
    return STATES[number % len(STATES)]


def decided(number: int) -> bool:
    return state_of(number) != "open"


def owner(number: int, people: int) -> int:
    return 2 + number * 7919 % (people // 20)


def case(number: int, chance: random.Random) -> Row:
    kind, subject_id = ("song", number) if number <= SONGS else ("person", number - SONGS + 1)
    at, waits = ago(number, 20_000), state_of(number) in ("open", "appealed")
    reach = chance.randint(0, 5_000)
    return {
        "id": number,
        "kind": kind,
        "subject_id": subject_id,
        "state": state_of(number),
        "title": f"{kind.title()} {subject_id}",
        "shown": {"by": f"Artist {number % ARTISTS}", "tint": "grey"},
        "category": chance.choice(CATEGORIES),
        "reports_count": 2 if waits else 0,
        "reach": reach,
        "weight": weight_of(2, reach, at),
        "opened_at": at,
        "waiting_since": at if waits else None,
        "taken_by": 1 if number % 400 == 0 else None,
        "closed_at": None if waits else at,
    }


def decision(number: int) -> Row:
    """The decision of a case, which has its number; most say that nothing is wrong."""
    action = ("flag", "warn", "dismiss", "dismiss")[number % 4]
    words = {"reason": "As the rules of the site say.", "category": "rights"}
    at = ago(number, 20_000)
    return {"id": number, "case_id": number, "action": action, "decided_at": at, **words, "decided_by": 1}


def appeal(number: int, people: int) -> Row:
    return {"decision_id": number, "made_by": owner(number, people), "words": "I made this.", "made_at": now()}


def report(number: int, cases: int, people: int) -> Row:
    case_id = (number + 1) // 2
    return {
        "case_id": case_id,
        "reporter_id": 2 + number * 104_729 % people,
        "category": CATEGORIES[number % len(CATEGORIES)],
        "words": "This is not theirs.",
        "made_at": ago(case_id, cases),
        "decision_id": case_id if decided(case_id) else None,
    }


def act(number: int, acts: int, cases: int, people: int) -> Row:
    """What somebody did: mostly reports of people, and now and then a decision about an account."""
    if number % 50 == 0:
        about: Row = {"action": "auth.role_given", "about_kind": "person", "about_id": 2 + number % people, "by_id": 1}
    else:
        by_id = 2 + number * 7919 % people
        about = {"action": "moderation.reported", "about_kind": "case", "about_id": 1 + number % cases, "by_id": by_id}
    return {**about, "at": ago(number, acts), "title": "", "reason": "", "details": {}}


def mail(number: int, acts: int) -> Row:
    """A mail of the last month; of a thousand one failed, and the latest hundred wait."""
    at, waits = ago(number, acts // 2, 30), number > acts // 2 - 100
    state = "waiting" if waits else "failed" if number % 1_000 == 0 else "sent"
    row = {"kind": "inbox.alert", "key": str(number), "payload": {}, "state": state, "attempts": 0 if waits else 1}
    address = f"listener{number}@example.org"
    return {**row, "address": address, "subject": "New", "created_at": at, "sent_at": at if state == "sent" else None}


def job(number: int, acts: int) -> Row:
    """A job of the last month; of a thousand one was given up, and the latest hundred wait."""
    at, waits = ago(number, acts // 2, 30), number > acts // 2 - 100
    state = "waiting" if waits else "dead" if number % 1_000 == 0 else "done"
    row = {"kind": "site.send_mail", "payload": {"mail_id": number}, "state": state, "attempts": 1}
    return {**row, "created_at": at, "run_after": at, "finished_at": None if waits else at, "last_error": ""}
