"""Reading reports: one's own by month, one by itself, and those beside it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from musicapp.blocks import Section, from_json
from musicapp.database import session
from musicapp.errors import NotFound
from musicapp.paging import Order, Page, page_of
from musicapp.security import holds
from musicapp.withheld import for_reader
from plugins.reports.models import MonthlyReport
from plugins.reports.services.monthly.audiences import audiences, belongs
from plugins.reports.services.monthly.periods import span_of
from plugins.reports.services.persons import Person

NEWEST = Order("newest", MonthlyReport.period, MonthlyReport.id, descending=True)
ADMIN = "admin"
NOT_HERE = "This report is not here, or it is not yours."


@dataclass(frozen=True)
class ReportRow:
    """A report in a list."""

    id: int
    audience: str
    person_id: int
    subject_id: int
    title: str
    period: str
    first_on: date
    last_on: date
    made_at: datetime
    late: bool


@dataclass(frozen=True)
class Report(ReportRow):
    """A report by itself, with what it says."""

    sections: list[Section]


@dataclass(frozen=True)
class Neighbours:
    """The reports about the same before and after one."""

    before: ReportRow | None
    after: ReportRow | None


COLUMNS = [getattr(MonthlyReport, name) for name in ReportRow.__dataclass_fields__]


def reports_of(person: Person, *, limit: int = 24, cursor: str | None = None) -> Page[ReportRow]:
    """Somebody's own reports of all audiences, the newest month first."""
    query = sa.select(*COLUMNS).where(MonthlyReport.person_id == person.id)
    if not runs_the_site(person):
        query = query.where(MonthlyReport.audience != ADMIN)
    return page_of(query, NEWEST, report_row, limit=limit, cursor=cursor)


def report_with_id(person: Person, report_id: int) -> Report:
    """A report that somebody may read, without what they may not know of any more. Raises NotFound."""
    found = one_report(MonthlyReport.id == report_id)
    if found is None or not may_read(person, found):
        raise NotFound(NOT_HERE)
    return replace(found, sections=for_reader(person, found.sections))


def report_about(person_id: int, audience: str, subject_id: int, period: str) -> Report | None:
    """What somebody was told of a month, as one of an audience; None where there is nothing."""
    return one_report(
        sa.and_(
            MonthlyReport.audience == audience,
            MonthlyReport.person_id == person_id,
            MonthlyReport.subject_id == subject_id,
            MonthlyReport.period == period,
        )
    )


def one_report(which: sa.ColumnElement[bool]) -> Report | None:
    row = session().execute(sa.select(*COLUMNS, MonthlyReport.sections).where(which)).first()
    return Report(**vars(report_row(row)), sections=from_json(row.sections)) if row else None


def may_read(person: Person, report: ReportRow) -> bool:
    """Whether it is theirs, or about something that would be reported to them, too."""
    if report.person_id == person.id:
        return report.audience != ADMIN or runs_the_site(person)
    if not report.subject_id and report.audience != ADMIN:
        return False
    named = [audience for audience in audiences() if audience.name == report.audience]
    return any(belongs(audience, span_of(report.period), (person.id, report.subject_id)) for audience in named)


def runs_the_site(person: Person) -> bool:
    return holds(person.role_names, "site.admin")


def neighbours_of(report: ReportRow) -> Neighbours:
    """The reports of the months beside this one, by one question to the database."""
    same = sa.select(*COLUMNS).where(
        MonthlyReport.audience == report.audience,
        MonthlyReport.person_id == report.person_id,
        MonthlyReport.subject_id == report.subject_id,
    )
    before = same.where(MonthlyReport.period < report.period).order_by(MonthlyReport.period.desc()).limit(1)
    after = same.where(MonthlyReport.period > report.period).order_by(MonthlyReport.period).limit(1)
    both = sa.union_all(sa.select(before.subquery()), sa.select(after.subquery()))
    rows = [report_row(row) for row in session().execute(both)]
    return Neighbours(
        before=next((row for row in rows if row.period < report.period), None),
        after=next((row for row in rows if row.period > report.period), None),
    )


def report_row(row: Any) -> ReportRow:
    return ReportRow(*row[: len(COLUMNS)])
