"""Drawings of numbers: where lines, areas, cells and words stand, for the templates in `parts/charts.html`.

Everything is in the units of the drawing, which are pixels at its own width. A chart is drawn once for wide pages and
once for phones, so that words keep their size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Literal

Anchor = Literal["start", "middle", "end"]
GRID_LINES = 4
LETTER = 7
TICK_WIDTH = 96
LEVELS = 4
GAP = 2
STEPS = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True)
class Frame:
    """The size of a drawing, and the room around what is drawn for words: above, and below."""

    width: int
    height: int
    above: int = 18
    below: int = 26


WIDE = Frame(960, 250)
NARROW = Frame(358, 200)


@dataclass(frozen=True)
class Words:
    """Words at a place of a drawing; `anchor` says which part of them stands there."""

    x: float
    y: float
    text: str
    anchor: Anchor = "middle"


@dataclass(frozen=True)
class LineChart:
    """Two lines over four grid lines: what is now, with the ground below it, and what was before (may be empty)."""

    frame: Frame
    grid: str
    scale: list[Words]
    ticks: list[Words]
    now: str
    area: str
    before: str
    highest: Words | None


@dataclass(frozen=True)
class HeatMap:
    """A table as coloured cells: one path for each level of 0 (nothing) to 4, with the names of rows and columns."""

    frame: Frame
    levels: list[str]
    rows: list[Words]
    columns: list[Words]


def draw_lines(
    frame: Frame, now: Sequence[float], before: Sequence[float], names: Sequence[str], callout: str = ""
) -> LineChart:
    """A line through the values of today, and a second one for those before; `names` stand below, as far as they fit.

    `callout` is said at the highest value of today.
    """
    top = round_top(max([*now, *before], default=0))
    left = LETTER * len(f"{top:,}") + 12
    floor_y = frame.height - frame.below

    def x_of(place: int) -> float:
        return round(left + place * (frame.width - left - 8) / max(1, len(now) - 1), 1)

    def y_of(value: float) -> float:
        return round(floor_y - value * (floor_y - frame.above) / top, 1)

    levels = [top * line / (GRID_LINES - 1) for line in range(GRID_LINES)]
    points = [(x_of(place), y_of(value)) for place, value in enumerate(now)]
    return LineChart(
        frame=frame,
        grid="".join(f"M{left} {y_of(level):g}H{frame.width - 8}" for level in levels),
        scale=[Words(left - 8, y_of(level) + 4, f"{level:,.10g}", "end") for level in levels],
        ticks=[named(frame, x_of(place), names[place]) for place in places_to_name(frame, left, len(now))],
        now=path_of(points),
        area=f"{path_of(points)}V{floor_y}H{left}z" if len(points) > 1 else "",
        before=path_of([(x_of(place), y_of(value)) for place, value in enumerate(before)]),
        highest=called_out(frame, points, callout) if callout else None,
    )


def round_top(highest: float) -> float:
    """The value of the top grid line: three equal steps above nothing that read well, and reach the highest value."""
    least = max(highest, GRID_LINES - 1) / (GRID_LINES - 1)
    size = 10.0 ** floor(log10(least))
    step = next(size * step for step in STEPS if size * step >= least and size * step == round(size * step))
    return round(step * (GRID_LINES - 1))


def places_to_name(frame: Frame, left: int, count: int) -> range:
    """Which of the values have their name below them: every so manieth, so that no two names touch."""
    most = max(1, (frame.width - left) // TICK_WIDTH)
    return range(0, count, ceil(count / most) or 1)


def named(frame: Frame, x: float, name: str) -> Words:
    """A name below a place of a chart, within its borders."""
    half = LETTER * len(name) / 2
    anchor: Anchor = "end" if x + half > frame.width else "middle"
    return Words(x, frame.height - 4, name, "start" if x - half < LETTER * 2 else anchor)


def called_out(frame: Frame, points: Sequence[tuple[float, float]], callout: str) -> Words | None:
    """The words at the highest point, on the side where there is room."""
    if not points:
        return None
    x, y = min(points, key=lambda point: point[1])
    return Words(x, y, callout, "end" if x > frame.width / 2 else "start")


def path_of(points: Sequence[tuple[float, float]]) -> str:
    """A line through points; a single one becomes a short stroke."""
    if len(points) == 1:
        return f"M{points[0][0]:g} {points[0][1]:g}h6"
    return "".join(f"{'L' if place else 'M'}{x:g} {y:g}" for place, (x, y) in enumerate(points))


def draw_heat(frame: Frame, values: Sequence[Sequence[float]], rows: Sequence[str], columns: Sequence[str]) -> HeatMap:
    """Cells that are the fuller the higher their value is among all; columns with an empty name stand without one."""
    left = LETTER * max(map(len, rows)) + 10
    wide = (frame.width - left) / len(columns)
    high = (frame.height - frame.below) / len(rows)
    highest = max(max(row) for row in values)
    levels = [""] * (LEVELS + 1)
    for down, row in enumerate(values):
        for across, value in enumerate(row):
            level = ceil(LEVELS * value / highest) if highest else 0
            x, y = left + across * wide, down * high
            levels[level] += f"M{x:.5g} {y:.5g}h{wide - GAP:.4g}v{high - GAP:.4g}h-{wide - GAP:.4g}z"
    return HeatMap(
        frame=frame,
        levels=levels,
        rows=[Words(0, round((n + 0.5) * high + 3, 1), name, "start") for n, name in enumerate(rows)],
        columns=[
            Words(round(left + n * wide, 1), frame.height - 8, name, "start") for n, name in enumerate(columns) if name
        ],
    )
