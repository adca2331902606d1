"""How much somebody heard by day, and by weekday and hour: one statement over their sums."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from musicapp.database import session
from plugins.catalog.models import ListenerHour
from plugins.catalog.services.counters import More
from plugins.catalog.services.statistics.periods import PeriodName, first_day_needed, period_of

WEEKDAYS, HOURS = 7, 24


@dataclass(frozen=True)
class Sums:
    """What was heard by day, and the ms of a period by weekday (Monday first) and hour."""

    days: dict[date, More]
    ms_by_hour: list[list[int]]


def sums_of(person_id: int, name: PeriodName, today: date) -> Sums:
    """The sums of a period and the one before it by day, and of the period alone by weekday and hour."""
    plays, heard_ms = sa.func.sum(ListenerHour.plays), sa.func.sum(ListenerHour.heard_ms)
    mine = ListenerHour.user_id == person_id
    nothing, no_day = sa.cast(sa.null(), sa.Integer), sa.cast(sa.null(), sa.Date)
    needed = first_day_needed(name, today)
    by_day = sa.select(ListenerHour.day, nothing.label("weekday"), nothing.label("hour"), plays, heard_ms).where(
        mine, ListenerHour.day <= today, ListenerHour.day >= needed if needed else sa.true()
    )
    weekday = sa.cast(sa.extract("dow", ListenerHour.day), sa.Integer)
    by_hour = sa.select(no_day, weekday, ListenerHour.hour, plays, heard_ms).where(mine, ListenerHour.day <= today)
    if name != "all":
        by_hour = by_hour.where(ListenerHour.day >= period_of(name, today, today).first)
    both = by_day.group_by(ListenerHour.day).union_all(by_hour.group_by(weekday, ListenerHour.hour))
    days: dict[date, More] = {}
    ms_by_hour = [[0] * HOURS for _ in range(WEEKDAYS)]
    for day, sunday_first, hour, played, ms in session().execute(both):
        if day is not None:
            days[day] = More(int(played), int(ms))
        else:
            ms_by_hour[(sunday_first - 1) % WEEKDAYS][hour] = int(ms)
    return Sums(days, ms_by_hour)
