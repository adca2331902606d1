"""Reading the numbers of the site: those of the days that were kept, and those of this moment."""

from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from musicapp.caching import Kept
from musicapp.database import session
from musicapp.numbers.asking import all_numbers, at_this_moment, by_day, today
from musicapp.numbers.keeping import A_DAY, REACH
from musicapp.numbers.models import KeptNumber
from musicapp.numbers.points import SiteNumber

at_the_moment = Kept("site.numbers", seconds=60)
not_kept_yet = Kept("site.numbers_of_days", seconds=600)


@dataclass(frozen=True)
class Course:
    """One number through time: by day as far as it is known, up to yesterday, and what it is now (a sum's: today)."""

    number: SiteNumber
    days: dict[date, int]
    now: int | None

    def total(self, first: date, last: date) -> int | None:
        """What a sum came to on these days; None when one of them is not known."""
        days = [first + place * A_DAY for place in range((last - first).days + 1)]
        return sum(self.days[day] for day in days) if all(day in self.days for day in days) else None


def courses(days: int = REACH.days) -> list[Course]:
    """Every number of the site over so many days up to yesterday."""
    last = today() - A_DAY
    first = last - timedelta(days=days - 1)
    kept, present = kept_days(first, last), numbers_now()
    return [
        Course(one, kept.get(one.name) or asked_days(one, first, last), present.get(one.name)) for one in all_numbers()
    ]


def kept_days(first: date, last: date) -> dict[str, dict[date, int]]:
    """What was kept of these days, by the names of the numbers."""
    found: dict[str, dict[date, int]] = {}
    rows = sa.select(KeptNumber.name, KeptNumber.day, KeptNumber.value).where(KeptNumber.day.between(first, last))
    for name, day, value in session().execute(rows.order_by(KeptNumber.day)):
        found.setdefault(name, {})[day] = value
    return found


def asked_days(number: SiteNumber, first: date, last: date) -> dict[date, int]:
    """The days of a sum of which none was kept yet, as on the first day of a site: asked of its plugin."""
    if number.kind != "sum":
        return {}
    reached = last - REACH + A_DAY

    def ask() -> dict[date, int]:
        return by_day(number, reached, last)

    days = not_kept_yet.remember(dict[date, int], f"{number.name}:{last}", ask)
    return {day: value for day, value in days.items() if day >= first}


def numbers_now() -> dict[str, int]:
    """What every number is at this moment, up to a minute old; of sums what happened today."""
    on = today()

    def ask() -> dict[str, int]:
        values = {number.name: at_this_moment(number, on) for number in all_numbers()}
        return {name: value for name, value in values.items() if value is not None}

    return at_the_moment.remember(dict[str, int], on.isoformat(), ask)
