"""Days of the site's clock in questions to the database, which keeps moments."""

from datetime import date, datetime, time, timedelta

import sqlalchemy as sa

from musicapp.database import session
from musicapp.jobs.ledger import site_zone
from musicapp.jobs.schedule import moment_of

A_DAY = timedelta(days=1)


def within_days(moment: sa.SQLColumnExpression[datetime | None], first: date, last: date) -> sa.ColumnElement[bool]:
    """That something happened on the days from `first` to `last`, both included."""
    return sa.and_(moment >= first_moment(first), moment < first_moment(last + A_DAY))


def first_moment(day: date) -> datetime:
    """The moment in UTC at which a day begins."""
    return moment_of(day, time(), site_zone())


def counted_by_day(
    moment: sa.SQLColumnExpression[datetime | None], first: date, last: date, *where: sa.ColumnElement[bool]
) -> dict[date, int]:
    """How often something happened on each of these days, by one reading of the table; days without it are 0."""
    days = [first + place * A_DAY for place in range((last - first).days + 1)]
    counts = [sa.func.count().filter(within_days(moment, day, day)) for day in days]
    row = session().execute(sa.select(*counts).where(within_days(moment, first, last), *where)).one()
    return dict(zip(days, row, strict=True))
