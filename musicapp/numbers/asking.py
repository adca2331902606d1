"""Asking the plugins for their numbers; one that fails costs only its own."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from musicapp.clock import now
from musicapp.database import session
from musicapp.jobs.ledger import site_zone
from musicapp.numbers.points import POINT, SiteNumber
from musicapp.plugins.slots import contained, contributions


def all_numbers() -> list[SiteNumber]:
    """The numbers that the running plugins give, in the order of the overview."""
    given: list[SiteNumber] = contributions(POINT)
    return sorted(given, key=lambda number: (number.order, number.name))


def today() -> date:
    """The day on the site's clock."""
    return now().astimezone(site_zone()).date()


def by_day(number: SiteNumber, first: date, last: date) -> dict[date, int]:
    """What a sum was on these days; without those that are not known."""
    found: Mapping[date, int] | None = contained(number.owner, number.name, partial(number.call, first, last))
    if found is None:
        session().rollback()  # PostgreSQL answers nothing more in a transaction in which something failed
    return {day: int(value) for day, value in (found or {}).items() if first <= day <= last}


def at_this_moment(number: SiteNumber, on: date) -> int | None:
    """What a number is now, a sum since the day `on` began; None when its plugin cannot tell."""
    if number.kind == "sum":
        return by_day(number, on, on).get(on)
    found = contained(number.owner, number.name, number.call)
    if found is None:
        session().rollback()
        return None
    return int(found)
