"""How much there is to judge, day by day, for who runs the site."""

from datetime import date

import sqlalchemy as sa

from musicapp.database import session
from musicapp.days import counted_by_day
from plugins.moderation.models import Case, Decision, Report
from plugins.moderation.services.queue import WAITING


def reports(first: date, last: date) -> dict[date, int]:
    """How often something was reported on each of these days."""
    return counted_by_day(Report.made_at, first, last)


def decisions(first: date, last: date) -> dict[date, int]:
    """How many decisions were made on each of these days."""
    return counted_by_day(Decision.decided_at, first, last)


def waiting() -> int:
    """How many cases somebody waits for."""
    return session().scalar(sa.select(sa.func.count()).where(Case.state.in_(WAITING))) or 0
