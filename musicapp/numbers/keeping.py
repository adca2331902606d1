"""Keeping the numbers of each day that has ended, with those of days on which nobody could."""

from datetime import date, timedelta

import sqlalchemy as sa

from musicapp.database import Session, insert_for, session
from musicapp.numbers.asking import all_numbers, at_this_moment, by_day, today
from musicapp.numbers.models import KeptNumber
from musicapp.numbers.points import SiteNumber

A_DAY = timedelta(days=1)
REACH = timedelta(days=90)
ASKED_AGAIN = timedelta(days=7)
"""Plays are told late, by devices that were away; so the sums of a week are asked for again every day."""


def numbers_until(day: date) -> list[dict[str, object]]:
    """The rows to keep of every number up to a day that has ended: of sums also those of the days that are missing,
    of what is only known now only yesterday's."""
    newest = newest_days()
    rows: list[dict[str, object]] = []
    for number in all_numbers():
        values = values_until(day, number, newest.get(number.name))
        rows += [{"day": on, "name": number.name, "value": value} for on, value in values.items()]
    return rows


def values_until(day: date, number: SiteNumber, newest: date | None) -> dict[date, int]:
    if number.kind == "sum":
        earliest = day - REACH + A_DAY
        first = earliest if newest is None else max(earliest, min(newest + A_DAY, day - ASKED_AGAIN + A_DAY))
        return by_day(number, first, day)
    if day != today() - A_DAY:
        return {}
    value = at_this_moment(number, day)
    return {} if value is None else {day: value}


def newest_days() -> dict[str, date]:
    """The last day on which each number was kept."""
    newest = sa.select(KeptNumber.name, sa.func.max(KeptNumber.day).label("day")).group_by(KeptNumber.name)
    return {row.name: row.day for row in session().execute(newest)}


def keep(unit: Session, rows: list[dict[str, object]]) -> None:
    """Write numbers of days, over what was known of them before; inside a unit of work."""
    if not rows:
        return
    insert = insert_for(KeptNumber)
    unit.execute(
        insert.on_conflict_do_update(index_elements=["day", "name"], set_={"value": insert.excluded.value}), rows
    )
