"""How the months went, for admins: when each audience's reports were made, how many, and what failed of them."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import UNSYNCED, insert_for, session, writing
from plugins.reports.models import MonthlyFailure, MonthlyRun
from plugins.reports.services.monthly.composing import Failures

SHOWN = 36
KEY = ("period", "audience", "contribution")


@dataclass(frozen=True)
class Run:
    """One audience's reports of a month; `ended_at` is None while they are made."""

    period: str
    audience: str
    began_at: datetime
    ended_at: datetime | None
    made: int


@dataclass(frozen=True)
class Failure:
    """A contribution that raised: how many reports lack it, and what it said last."""

    period: str
    audience: str
    contribution: str
    reports: int
    last_error: str
    failed_at: datetime


def begin(period: str, audience: str) -> None:
    """Note that reports are being made; who goes on after a stop leaves the beginning as it was."""
    with writing() as unit:
        unit.execute(insert_for(MonthlyRun).values(period=period, audience=audience, made=0).on_conflict_do_nothing())


def count(period: str, audience: str, made: int) -> None:
    """Add to the number of reports made, inside `writing()`."""
    change = sa.update(MonthlyRun).where(MonthlyRun.period == period, MonthlyRun.audience == audience)
    session().execute(change.values(made=MonthlyRun.made + made), execution_options=UNSYNCED)


def end(period: str, audience: str) -> None:
    """Note that everybody has theirs; a run that finds nothing more to do leaves the end as it was."""
    change = sa.update(MonthlyRun).where(MonthlyRun.period == period, MonthlyRun.audience == audience)
    with writing() as unit:
        unit.execute(change.values(ended_at=sa.func.coalesce(MonthlyRun.ended_at, now())), execution_options=UNSYNCED)


def note(period: str, audience: str, failures: Failures) -> None:
    """Add what failed to what failed before, inside `writing()`."""
    for contribution, reports in sorted(failures.counts().items()):
        row = insert_for(MonthlyFailure).values(
            period=period,
            audience=audience,
            contribution=contribution,
            reports=reports,
            last_error=failures.words[contribution],
            failed_at=now(),
        )
        more = {
            "reports": MonthlyFailure.reports + row.excluded.reports,
            "last_error": row.excluded.last_error,
            "failed_at": row.excluded.failed_at,
        }
        session().execute(row.on_conflict_do_update(index_elements=KEY, set_=more))


def forget_failures(period: str, audience: str) -> None:
    """Begin counting anew what fails of a month."""
    gone = sa.delete(MonthlyFailure).where(MonthlyFailure.period == period, MonthlyFailure.audience == audience)
    with writing() as unit:
        unit.execute(gone, execution_options=UNSYNCED)


def last_runs() -> list[Run]:
    """The runs of the last months, the newest first."""
    columns = [getattr(MonthlyRun, name) for name in Run.__dataclass_fields__]
    query = sa.select(*columns).order_by(MonthlyRun.period.desc(), MonthlyRun.audience).limit(SHOWN)
    return [Run(*row) for row in session().execute(query)]


def failures() -> list[Failure]:
    """What failed in the last months, the newest first."""
    columns = [getattr(MonthlyFailure, name) for name in Failure.__dataclass_fields__]
    newest = sa.select(*columns).order_by(MonthlyFailure.period.desc(), MonthlyFailure.contribution).limit(SHOWN)
    return [Failure(*row) for row in session().execute(newest)]
