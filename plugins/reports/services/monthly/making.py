"""Making the reports of a month: a hundred readers in each commit, so that who is stopped in the middle goes on."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import UNSYNCED, insert_for, session, writing
from musicapp.jobs import LeaseLost
from musicapp.pages import local
from musicapp.spans import Readers, Span
from plugins.reports.models import MonthlyReport
from plugins.reports.services.monthly import runs
from plugins.reports.services.monthly.audiences import (
    AT_ONCE,
    Pair,
    Recipient,
    audience_named,
    audiences,
    recipients,
    recipients_who_are,
)
from plugins.reports.services.monthly.composing import Document, Failures, compose
from plugins.reports.services.monthly.periods import due_on, span_of, year_span
from plugins.reports.services.monthly.telling import tell_readers
from plugins.reports.services.points import Audience

log = logging.getLogger(__name__)

WITH_YEAR = "listener"
YEAR = "year"


@dataclass(frozen=True)
class Making:
    """The reports of one month for one audience, while they are made; what all of them share is read once."""

    period: str
    audience: str
    span: Span
    year: Span | None
    at: datetime
    failures: Failures = field(default_factory=Failures)
    of_all: dict[str, Any] = field(default_factory=dict)
    of_all_years: dict[str, Any] = field(default_factory=dict)

    def composed(self, pairs: Sequence[Pair]) -> dict[Pair, Document]:
        """The documents of some readers; the year's last report ends with the year."""
        documents = compose(self.audience, Readers(pairs, self.span, of_all=self.of_all), self.failures)
        if self.year is not None:
            of_year = Readers(pairs, self.year, of_all=self.of_all_years)
            for pair, document in compose(YEAR, of_year, self.failures).items():
                documents[pair] += document
        return documents


def making_of(period: str, audience: Audience) -> Making:
    year = year_span(period) if audience.name == WITH_YEAR else None
    return Making(period, audience.name, span_of(period), year, now())


def make_month(period: str, went_on: Callable[[int], None]) -> int:
    """Make all reports of a month that are not made yet, and tell their readers: how many there were.

    `went_on` hears after each commit how many there are so far. An audience that raises does not hold up the others;
    it is raised again when they are done.
    """
    done = 0
    failed: Exception | None = None
    for audience in audiences():
        try:
            for made in make_for(audience, period):
                done += made
                went_on(done)
        except LeaseLost:
            raise
        except Exception as error:
            log.exception("The reports of %s for “%s” could not all be made.", period, audience.name)
            session().rollback()
            failed = error
    if failed is not None:
        raise failed
    return done


def make_for(audience: Audience, period: str) -> Iterator[int]:
    """Make one audience's reports, step by step; says after each how many were new."""
    making = making_of(period, audience)
    runs.begin(period, audience.name)
    for some in recipients(audience, making.span):
        yield make_some(making, some)
    runs.end(period, audience.name)


def make_one(period: str, person_id: int) -> int:
    """Make what one person gets for a month, if it is not made yet: how many reports were new."""
    done = 0
    for audience in audiences():
        making = making_of(period, audience)
        done += make_some(making, recipients_who_are(audience, making.span, person_id))
    return done


def make_some(making: Making, some: Sequence[Recipient]) -> int:
    """Make the reports of some readers who have none yet, and tell them, in one commit: how many were new."""
    made = made_already(making, [one.person_id for one in some])
    readers = {one.pair: one for one in some if one.pair not in made}
    if not readers:
        return 0
    documents = making.composed(list(readers))
    lacking = making.failures.concerned()
    rows = [
        row_of(making, readers[pair], document, pair in lacking)
        for pair, document in documents.items()
        if document or pair in lacking
    ]
    with writing():
        new = insert_new(rows)
        tell_readers(making.audience, making.period, [readers[pair] for pair in new])
        runs.count(making.period, making.audience, len(new))
        runs.note(making.period, making.audience, making.failures)
    making.failures.forget()
    return len(new)


def made_already(making: Making, person_ids: Sequence[int]) -> set[Pair]:
    """Which of these people have their reports."""
    made = sa.select(MonthlyReport.person_id, MonthlyReport.subject_id).where(
        MonthlyReport.audience == making.audience,
        MonthlyReport.period == making.period,
        MonthlyReport.person_id.in_(person_ids),
    )
    return {(person_id, subject_id) for person_id, subject_id in session().execute(made)}


def row_of(making: Making, reader: Recipient, document: Document, is_partial: bool) -> dict[str, Any]:
    return {
        "audience": making.audience,
        "person_id": reader.person_id,
        "subject_id": reader.subject_id,
        "title": reader.title[:200],
        "period": making.period,
        "first_on": making.span.first,
        "last_on": making.span.last,
        "made_at": making.at,
        "late": local(making.at).date() > due_on(making.period),
        "partial": is_partial,
        "sections": document,
    }


def insert_new(rows: list[dict[str, Any]]) -> list[Pair]:
    """Insert those that nobody else inserted meanwhile: whose they are."""
    if not rows:
        return []
    insert = insert_for(MonthlyReport).on_conflict_do_nothing()
    new = session().execute(insert.returning(MonthlyReport.person_id, MonthlyReport.subject_id), rows)
    return [(person_id, subject_id) for person_id, subject_id in new]


def mend_month(period: str, audience_name: str, went_on: Callable[[int], None]) -> int:
    """Compose those reports of a month anew to which something failed: how many are whole now."""
    making = making_of(period, audience_named(audience_name))
    runs.forget_failures(period, audience_name)
    whole, last_id = 0, 0
    while some := partial_reports(making, last_id):
        whole += mend_some(making, some)
        last_id = max(some.values())
        went_on(whole)
    return whole


def partial_reports(making: Making, after_id: int) -> dict[Pair, int]:
    """The next reports that lack something, by reader."""
    found = (
        sa.select(MonthlyReport.person_id, MonthlyReport.subject_id, MonthlyReport.id)
        .where(
            MonthlyReport.partial,
            MonthlyReport.period == making.period,
            MonthlyReport.audience == making.audience,
            MonthlyReport.id > after_id,
        )
        .order_by(MonthlyReport.id)
        .limit(AT_ONCE)
    )
    return {(person_id, subject_id): id_ for person_id, subject_id, id_ in session().execute(found)}


def mend_some(making: Making, some: dict[Pair, int]) -> int:
    documents = making.composed(list(some))
    still = making.failures.concerned()
    with writing() as unit:
        for pair, report_id in some.items():
            fresh = {"sections": documents[pair], "partial": pair in still}
            change = sa.update(MonthlyReport).where(MonthlyReport.id == report_id).values(**fresh)
            unit.execute(change, execution_options=UNSYNCED)
        runs.note(making.period, making.audience, making.failures)
    making.failures.forget()
    return len(some.keys() - still)
