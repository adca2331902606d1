"""How much somebody heard by day, and by weekday and hour: one statement over their sums."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from musicapp.database import session
from plugins.catalog.models import ListenerHour
from plugins.catalog.services.counters import More, add_more
from plugins.catalog.services.statistics.periods import PeriodName, first_day_needed, period_of

WEEKDAYS, HOURS = 7, 24


@dataclass(frozen=True)
class Sums:
    """What was heard by day, and the ms of a period by weekday (Monday first) and hour."""

    days: dict[date, More]
    ms_by_hour: list[list[int]]


def sums_of(person_id: int, name: PeriodName, today: date) -> Sums:
    """The sums of a period and the one before it by day, and of the period alone by weekday and hour."""
    needed = first_day_needed(name, today)
    query = sa.select(
        ListenerHour.day, ListenerHour.hour, sa.func.sum(ListenerHour.plays), sa.func.sum(ListenerHour.heard_ms)
    ).where(ListenerHour.user_id == person_id, ListenerHour.day <= today)
    if needed is not None:
        query = query.where(ListenerHour.day >= needed)
    first = period_of(name, today, date.min).first
    days: dict[date, More] = {}
    ms_by_hour = [[0] * HOURS for _ in range(WEEKDAYS)]
    for day, hour, plays, heard_ms in session().execute(query.group_by(ListenerHour.day, ListenerHour.hour)):
        add_more(days, day, More(int(plays), int(heard_ms)))
        if day >= first:
            ms_by_hour[day.weekday()][hour] += int(heard_ms)
    return Sums(days, ms_by_hour)
