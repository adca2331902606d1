"""Periods of listening on the site's clock, the ones before them, and the stretches that a picture shows them in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from plugins.catalog.services.counters import More

PeriodName = Literal["7d", "30d", "12m", "all"]
Step = Literal["day", "week", "month"]
PERIODS: tuple[PeriodName, ...] = ("7d", "30d", "12m", "all")
DAYS: Mapping[str, int] = {"7d": 7, "30d": 30}
A_DAY = timedelta(days=1)
MOST_DAYS, MOST_WEEKS = 45, 26


@dataclass(frozen=True)
class Period:
    """Some days up to today, both ends included, and as many before them; nothing comes before all time."""

    name: PeriodName
    first: date
    last: date
    before_first: date | None
    before_last: date | None
    step: Step


@dataclass(frozen=True)
class Bucket:
    """What was heard in one day, week or month of a period, named by its first day."""

    first: date
    plays: int
    heard_ms: int


def period_of(name: PeriodName, today: date, earliest: date) -> Period:
    """The period of that name; that of all time begins on the `earliest` day with music.

    Twelve months are this one and the eleven before it, compared with the same days of the year before.
    """
    if name in DAYS:
        first = today - (DAYS[name] - 1) * A_DAY
        return Period(name, first, today, first - DAYS[name] * A_DAY, first - A_DAY, "day")
    if name == "12m":
        first = months_before(today, 11)
        return Period(name, first, today, first.replace(year=first.year - 1), a_year_before(today), "month")
    return Period(name, min(earliest, today), today, None, None, step_for((today - earliest).days + 1))


def first_day_needed(name: PeriodName, today: date) -> date | None:
    """The first day whose sums a period, or the one before it, is made of; None for all time."""
    return None if name == "all" else period_of(name, today, today).before_first


def months_before(day: date, months: int) -> date:
    """The first day of the month that lies so many months before that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)


def a_year_before(day: date) -> date:
    """The same day of the year before; of a leap day, the day before."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def step_for(days: int) -> Step:
    if days <= MOST_DAYS:
        return "day"
    return "week" if days <= MOST_WEEKS * 7 else "month"


def bucketed(sums: Mapping[date, More], first: date, last: date, step: Step) -> list[Bucket]:
    """The days from `first` to `last` by day, week (from Monday) or month, none left out."""
    found: dict[date, More] = {}
    day = first
    while day <= last:
        start = max(first, start_of(day, step))
        so_far, more = found.get(start, More()), sums.get(day, More())
        found[start] = More(so_far.plays + more.plays, so_far.heard_ms + more.heard_ms)
        day += A_DAY
    return [Bucket(start, more.plays, more.heard_ms) for start, more in found.items()]


def start_of(day: date, step: Step) -> date:
    if step == "week":
        return day - day.weekday() * A_DAY
    return day if step == "day" else day.replace(day=1)
