"""How series and calendars are drawn: what stands where, for pages and for the pictures of mails."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from musicapp.blocks.numbers import pieces
from musicapp.blocks.shapes import Calendar, Series, Unit
from musicapp.charts import NARROW, WIDE, Chart, Frame, HeatMap, draw_heat, draw_lines

COLUMN = Frame(640, 220)
LONG_COLUMN, LONG_WIDE, LONG_NARROW = Frame(640, 110), Frame(960, 150), Frame(358, 80)
WEEK = 7
LEVELS = 3
MOST_DAYS_AS_SQUARES = 70
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
STEPS: dict[Unit, tuple[tuple[float, str], ...]] = {
    "ms": ((3_600_000, "hours"), (60_000, "minutes"), (1000, "seconds")),
    "bytes": ((1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")),
}


@dataclass(frozen=True)
class Day:
    """A square of a calendar: its name, what it holds as a number and its units, how full it is from 0 to 3."""

    on: date
    name: str
    pieces: list[tuple[str, str]]
    level: int


def scale_of(series: Series) -> tuple[float, str]:
    """What the values are divided by for a drawing, and what is counted then: (3600000, "hours")."""
    highest = max([*series.values, *series.before], default=0)
    steps = STEPS.get(series.unit, ())
    return next(((step, name) for step, name in steps if highest >= 2 * step), steps[-1] if steps else (1, ""))


def lines_of(series: Series, wide: bool) -> list[Chart]:
    """The drawing of a series for a wide page or a column, and the one for phones."""
    step, _ = scale_of(series)
    now = [value / step for value in series.values]
    before = [value / step for value in series.before][: len(now)]
    frames = (WIDE if wide else COLUMN, NARROW)
    return [draw_lines(frame, now, before, series.labels, series.callout) for frame in frames]


def weeks_of(calendar: Calendar) -> list[list[Day | None]]:
    """The days in weeks from Monday to Sunday; None before the first and after the last day."""
    highest = max(calendar.values, default=0)
    days: list[Day | None] = [None] * calendar.first.weekday()
    for place, value in enumerate(calendar.values):
        on = calendar.first + timedelta(days=place)
        name = f"{on.day} {on:%b}" if place == 0 or on.day == 1 else str(on.day)
        level = ceil(LEVELS * value / highest) if highest > 0 and value > 0 else 0
        days.append(Day(on, name, pieces(value, calendar.unit), level))
    days += [None] * (-len(days) % WEEK)
    return [days[start : start + WEEK] for start in range(0, len(days), WEEK)]


def is_long(calendar: Calendar) -> bool:
    """Whether there are too many days for squares that can be read one by one."""
    return len(calendar.values) > MOST_DAYS_AS_SQUARES


def year_of(calendar: Calendar, wide: bool) -> list[HeatMap]:
    """A long calendar with a column for each week, for a wide page or a column, and for phones."""
    weeks = weeks_of(calendar)
    values = iter(calendar.values)
    by_week = [[next(values) if day else None for day in week] for week in weeks]
    rows: Sequence[Sequence[float | None]] = list(zip(*by_week, strict=True))
    columns = [next((f"{day.on:%b}" for day in week if day and day.on.day == 1), "") for week in weeks]
    names = [name if place % 2 == 0 else "" for place, name in enumerate(WEEKDAYS)]
    return [draw_heat(frame, rows, names, columns) for frame in (LONG_WIDE if wide else LONG_COLUMN, LONG_NARROW)]
