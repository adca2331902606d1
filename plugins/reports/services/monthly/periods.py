"""The months of reports: which days each covers, and what it is called.

A month's report is made on its 30th, in February on the last day, and covers the days since the one before, so that
no day is left out or told twice. December's, the year's last, tells of the year as well.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from musicapp.errors import Invalid
from musicapp.spans import Span

DUE_ON = 30
DECEMBER = 12
A_DAY = timedelta(days=1)
PERIOD = re.compile(r"(?!0000)(\d{4})-(0[1-9]|1[0-2])")


def span_of(period: str) -> Span:
    """The days that a month's report covers, and those of the report before it."""
    return between(due_on(period), due_on(month_before(period)), due_on(month_before(period, 2)))


def year_span(period: str) -> Span | None:
    """The days of the twelve reports that end with this one, if it is the year's last."""
    if month_of(period).month != DECEMBER:
        return None
    return between(due_on(period), due_on(month_before(period, 12)), due_on(month_before(period, 24)))


def between(end: date, start: date, start_before: date) -> Span:
    return Span(start, end - A_DAY, start_before, start - A_DAY)


def due_on(period: str) -> date:
    """The day on which a month's report is made: it covers the days before."""
    month = month_of(period)
    return month.replace(day=min(DUE_ON, monthrange(month.year, month.month)[1]))


def last_due(today: date) -> str:
    """The month whose report was due last."""
    this = f"{today:%Y-%m}"
    return this if due_on(this) <= today else month_before(this)


def month_of(period: str) -> date:
    """The first day of a month that is written as 2026-10. Raises Invalid."""
    found = PERIOD.fullmatch(period)
    if found is None:
        sentence = f"“{period}” is no month. They look like 2026-10."
        raise Invalid(sentence, {"period": [sentence]})
    return date(int(found[1]), int(found[2]), 1)


def month_before(period: str, months: int = 1) -> str:
    """The month that lies so many months before, 2026-10 → 2026-09."""
    month = month_of(period)
    year, place = divmod(month.year * 12 + month.month - 1 - months, 12)
    return f"{year:04}-{place + 1:02}"


def in_months(period: str) -> str:
    """2026-10 → October 2026."""
    return f"{month_of(period):%B %Y}"


def named(period: str, title: str) -> str:
    """What a report is called: “Your October”, or, where it is about something, “Nils Hollar in October”."""
    month = f"{month_of(period):%B}"
    return f"{title} in {month}" if title else f"Your {month}"
