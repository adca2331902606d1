"""Starting an export and stopping it: a row and its job, in one commit."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import insert_for, one_at_a_time, session, writing
from musicapp.errors import Conflict, Invalid, NotFound, TooOften
from musicapp.jobs import enqueue
from musicapp.jobs import services as jobs
from musicapp.jobs.ledger import site_zone
from musicapp.sheets.writing import FORMATS
from musicapp.spans import Span, span_to
from plugins.reports.models import TakenOut
from plugins.reports.services.exports.kinds import export_named, may_take, refuse_strangers, subjects_of
from plugins.reports.services.exports.listing import NOT_HERE, export_of, is_under_way
from plugins.reports.services.limits import limits
from plugins.reports.services.persons import Person
from plugins.reports.services.points import Export

MAKING = "reports.make_export"
USUAL_DAYS = 28
FIRST_DAY = date(2000, 1, 1)
WAIT_S = 30


@dataclass(frozen=True)
class Asked:
    """What somebody wants to take out: days are those of the site's clock, the last 28 where none are given.

    Who has one artist need not say which (`subject_id` 0). `form_key` is the same when a form is sent twice; "" is
    never the same.
    """

    name: str
    format: str = "csv"
    subject_id: int = 0
    first: date | None = None
    last: date | None = None
    form_key: str = ""


def start_export(person: Person, asked: Asked) -> int:
    """Start an export: its id, that of the first one where the same form was sent before.

    Raises Invalid, Forbidden or what the plugin refuses by, and TooOften while too many of theirs are under way.
    """
    export = export_named(asked.name)
    chosen = format_named(asked.format)
    subject_id = asked.subject_id or only_subject(person, export)
    title = refuse_strangers(person, export, subject_id)
    first, last = days_of(asked) if export.dated else (None, None)
    values = {
        "person_id": person.id,
        "form_key": key_of(asked),
        "name": export.name,
        "subject_id": subject_id,
        "subject_title": title,
        "format": chosen,
        "first_on": first,
        "last_on": last,
        "secret": secrets.token_urlsafe(24),
    }
    with writing() as unit:
        one_at_a_time(f"reports: exports of {person.id}")
        started = started_by(person, str(values["form_key"]))
        if started is not None:
            return started
        refuse_too_many(person)
        made: int = unit.execute(insert_for(TakenOut).values(**values).returning(TakenOut.id)).scalar_one()
        job_id = enqueue(MAKING, {"export_id": made})
        unit.execute(sa.update(TakenOut).where(TakenOut.id == made).values(job_id=job_id))
    return made


def key_of(asked: Asked) -> str:
    """What is the same only for the same form with the same answers."""
    if not asked.form_key:
        return secrets.token_hex(32)
    return sha256(repr(asked).encode()).hexdigest()


def only_subject(person: Person, export: Export) -> int:
    """What an export is about where nothing is said and nothing else can be meant; raises Invalid, and Forbidden."""
    if export.subjects is None or not may_take(person, export):
        return 0
    subjects = subjects_of(person, export)
    if len(subjects) == 1:
        return subjects[0][0]
    choices = ", ".join(f"{subject_id} ({title})" for subject_id, title in subjects)
    sentence = f"Say what it is about: {choices}." if choices else "You have nothing that this export is about."
    raise Invalid(sentence, {"subject": [sentence]})


def format_named(name: str) -> str:
    if name in FORMATS:
        return name
    sentence = f"A format is one of {', '.join(FORMATS)}."
    raise Invalid(sentence, {"format": [sentence]})


def days_of(asked: Asked) -> tuple[date, date]:
    """The first and the last day that were asked for; raises Invalid where these are none."""
    today = now().astimezone(site_zone()).date()
    last = asked.last or today
    first = asked.first or last - timedelta(days=USUAL_DAYS - 1)
    if first > last:
        sentence = "The first day comes after the last one."
        raise Invalid(sentence, {"from": [sentence]})
    if first < FIRST_DAY or last > today + timedelta(days=1):
        sentence = f"Days are from {FIRST_DAY.isoformat()} to today."
        raise Invalid(sentence, {"from" if first < FIRST_DAY else "to": [sentence]})
    return first, last


def span_of(first: date | None, last: date | None) -> Span:
    """The days of an export; those of an export without days are passed over by who brings its rows."""
    if first is None or last is None:
        return span_to(now().astimezone(site_zone()).date(), USUAL_DAYS)
    return span_to(last, (last - first).days + 1)


def started_by(person: Person, form_key: str) -> int | None:
    """The export that this form started already."""
    query = sa.select(TakenOut.id).where(TakenOut.person_id == person.id, TakenOut.form_key == form_key)
    return session().scalar(query)


def refuse_too_many(person: Person) -> None:
    under_way = session().scalar(is_under_way(person.id)) or 0
    most = limits().exports_at_once
    if under_way >= most:
        count = "An export of yours is" if most == 1 else f"{most} exports of yours are"
        raise TooOften(f"{count} under way already. Wait until one is ready, or cancel one.", WAIT_S)


def cancel_export(person: Person, export_id: int) -> None:
    """Stop an export that waits or is being made; nothing of it stays. Raises NotFound and Conflict."""
    row = export_of(person, export_id)
    if row.state not in ("waiting", "running") or row.job_id is None:
        raise Conflict("This export is no longer under way, so it cannot be cancelled.")
    with writing() as unit:
        jobs.cancel(row.job_id)  # the job before the export, as when it is finished
        still_open = sa.and_(TakenOut.id == export_id, TakenOut.person_id == person.id, TakenOut.state == "open")
        changed = unit.execute(sa.update(TakenOut).where(still_open).values(state="cancelled").returning(TakenOut.id))
        if changed.scalar() is None:
            raise NotFound(NOT_HERE)
