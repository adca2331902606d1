"""Schedules: when the periods of a job begin and end, in the site's time zone, over every change of the clock.

Only time here, no database: `@plugin.job("reports.monthly", schedule=monthly(day=30))`.
"""

from abc import ABC, abstractmethod
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Due:
    """The end of one period: its name, unique for the schedule, and the moment in UTC at which it is due."""

    period: str
    at: datetime


class Schedule(ABC):
    """A row of periods without end. `reach` is longer than any of them."""

    reach: timedelta

    @abstractmethod
    def dues(self, after: datetime, until: datetime, zone: ZoneInfo) -> Iterator[Due]:
        """What is due later than `after` and not later than `until`, oldest first."""

    def before(self, at: datetime, zone: ZoneInfo) -> datetime:
        """The last moment before `at` at which something was due."""
        return list(self.dues(at - self.reach, at - INSTANT, zone))[-1].at

    def following(self, at: datetime, zone: ZoneInfo) -> datetime:
        """The first moment after `at` at which something is due."""
        return next(self.dues(at, at + self.reach, zone)).at


@dataclass(frozen=True)
class Daily(Schedule):
    """Every day at one time; the period is named after the day."""

    at: time
    reach = timedelta(days=4)

    def dues(self, after: datetime, until: datetime, zone: ZoneInfo) -> Iterator[Due]:
        day = after.astimezone(zone).date() - DAY
        while day <= until.astimezone(zone).date():
            moment = moment_of(day, self.at, zone)
            if after < moment <= until and exists(day, zone):
                yield Due(day.isoformat(), moment)
            day += DAY

    def __str__(self) -> str:
        return f"daily at {self.at:%H:%M}"


@dataclass(frozen=True)
class Monthly(Schedule):
    """Every month on one day, or on the month's last where it has no such day; the period is named after the month."""

    day: int
    at: time
    reach = timedelta(days=65)

    def dues(self, after: datetime, until: datetime, zone: ZoneInfo) -> Iterator[Due]:
        month = (after.astimezone(zone).date() - 2 * DAY).replace(day=1)
        while month <= until.astimezone(zone).date():
            last = monthrange(month.year, month.month)[1]
            moment = moment_of(month.replace(day=min(self.day, last)), self.at, zone)
            if after < moment <= until:
                yield Due(f"{month:%Y-%m}", moment)
            month += timedelta(days=last)

    def __str__(self) -> str:
        return f"monthly on day {self.day} at {self.at:%H:%M}"


@dataclass(frozen=True)
class Every(Schedule):
    """Every so many minutes, counted from the same moment everywhere. For upkeep: of what was missed, only the last."""

    minutes: int

    @property
    def reach(self) -> timedelta:  # type: ignore[override]
        return timedelta(minutes=2 * self.minutes)

    def dues(self, after: datetime, until: datetime, zone: ZoneInfo) -> Iterator[Due]:
        length_s = self.minutes * 60
        newest = datetime.fromtimestamp(int(until.timestamp()) // length_s * length_s, UTC)
        if newest > after:
            yield Due(f"{newest:%Y-%m-%dT%H:%MZ}", newest)

    def following(self, at: datetime, zone: ZoneInfo) -> datetime:
        return next(self.dues(at, at + timedelta(minutes=self.minutes), zone)).at

    def __str__(self) -> str:
        size, unit = (self.minutes // 60, "hour") if self.minutes % 60 == 0 else (self.minutes, "minute")
        return f"every {unit}" if size == 1 else f"every {size} {unit}s"


def daily(at: str = "00:00") -> Daily:
    """Once a day at a time of the site's time zone; missed days are made up for, one by one."""
    return Daily(time.fromisoformat(at))


def monthly(day: int, at: str = "00:00") -> Monthly:
    """Once a month; `day` 30 means February's last. Missed months are made up for, one by one."""
    if not 1 <= day <= 31:
        raise ValueError(f"A month has the days 1 to 31, not {day}.")
    return Monthly(day, time.fromisoformat(at))


def every(minutes: int) -> Every:
    """Every so many minutes; after a sleep it happens once, over the whole time since the last."""
    if minutes < 1:
        raise ValueError(f"A job can be scheduled every 1 or more minutes, not {minutes}.")
    return Every(minutes)


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment of a local time, in UTC: the first of two, and the first one after where the clock leaps over it."""
    local = datetime.combine(day, at)
    early, late = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (1, 0))
    if early >= late:
        return late  # where the clock shows this time twice, fold 0 is the first
    while late - early > timedelta(seconds=1):
        middle = (early + (late - early) / 2).replace(microsecond=0)
        early, late = (early, middle) if wall_clock(middle, zone) >= local else (middle, late)
    return late


def wall_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def exists(day: date, zone: ZoneInfo) -> bool:
    """Whether the zone has this day; where the date line moved, one was leapt over."""
    return moment_of(day, time(), zone) < moment_of(day + DAY, time(), zone)
