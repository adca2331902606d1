"""Drawings of numbers: where lines, areas, cells and words stand, for the templates in `parts/charts.html`.

Everything is in the units of the drawing, which are pixels at its own width. A chart is drawn once for wide pages and
once for phones, so that words keep their size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor, log10
from typing import Literal

Anchor = Literal["start", "middle", "end"]
GRID_LINES = 4
LETTER = 7
TICK_WIDTH = 72
LEVELS = 4
GAP = 2
BAR_SHARE = 0.6
STEPS = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True)
class Frame:
    """The size of a drawing, the room for words above and below what is drawn, and how wide a letter is."""

    width: int
    height: int
    above: int = 18
    below: int = 26
    letter: int = LETTER


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
class Chart:
    """Values over four grid lines: what is now as a line with the ground below it, or as bars, and what was before.

    All but the words are paths; those that a chart does not have are empty.
    """

    frame: Frame
    grid: str
    scale: list[Words]
    ticks: list[Words]
    before: str
    highest: Words | None
    now: str = ""
    area: str = ""
    bars: str = ""


@dataclass(frozen=True)
class Spark:
    """A small line without words, and the ground below it; days that are not known are gaps."""

    width: int
    height: int
    now: str
    area: str


@dataclass(frozen=True)
class HeatMap:
    """A table as coloured cells: one path for each level of 0 (nothing) to 4, with the names of rows and columns."""

    frame: Frame
    levels: list[str]
    rows: list[Words]
    columns: list[Words]


@dataclass(frozen=True)
class Plane:
    """Where values stand in a frame: right of the words of the scale, from nothing up to the top grid line."""

    frame: Frame
    top: int

    @property
    def left(self) -> int:
        return self.frame.letter * len(f"{self.top:,}") + 12

    @property
    def right(self) -> int:
        return self.frame.width - 8

    @property
    def floor(self) -> int:
        return self.frame.height - self.frame.below

    def y_of(self, value: float) -> float:
        return round(self.floor - value * (self.floor - self.frame.above) / self.top, 1)

    def levels(self) -> list[float]:
        return [self.top * line / (GRID_LINES - 1) for line in range(GRID_LINES)]

    def grid(self) -> str:
        return "".join(f"M{self.left} {self.y_of(level):g}H{self.right}" for level in self.levels())

    def scale(self) -> list[Words]:
        return [Words(self.left - 8, self.y_of(level) + 4, f"{level:,.10g}", "end") for level in self.levels()]


def draw_lines(
    frame: Frame,
    now: Sequence[float],
    before: Sequence[float],
    names: Sequence[str],
    callout: str = "",
    called_at: int | None = None,
) -> Chart:
    """A line through the values of today, and a second one for those before; `names` stand below, as far as they fit.

    `callout` is said at the highest value of today, or at the value in the place `called_at`.
    """
    plane = Plane(frame, round_top(max([*now, *before], default=0)))
    points, earlier = points_of(plane, now, len(now)), points_of(plane, before, len(now))
    return Chart(
        frame=frame,
        grid=plane.grid(),
        scale=plane.scale(),
        ticks=[named(frame, points[place][0], names[place]) for place in places_to_name(plane, len(now))],
        before=path_of(earlier),
        highest=called_out(
            points if called_at is None else points[called_at : called_at + 1], callout, turns_at=frame.width / 2
        ),
        now=path_of(points),
        area=f"{path_of(points)}V{plane.floor}H{plane.left}z" if len(points) > 1 else "",
    )


def points_of(plane: Plane, values: Sequence[float], steps: int) -> list[tuple[float, float]]:
    """Where the points of a line stand that has so many steps from the left border to the right."""
    step = (plane.right - plane.left) / max(1, steps - 1)
    return [(round(plane.left + place * step, 1), plane.y_of(value)) for place, value in enumerate(values)]


def draw_bars(
    frame: Frame, now: Sequence[float], before: Sequence[float], names: Sequence[str], callout: str = ""
) -> Chart:
    """A bar for each value of today, and a dashed line over it for the one before; for few values, such as months."""
    plane = Plane(frame, round_top(max([*now, *before], default=0)))
    step = (plane.right - plane.left) / max(1, len(now))
    wide = round(step * BAR_SHARE, 1)
    points = [(round(plane.left + (place + 0.5) * step, 1), plane.y_of(value)) for place, value in enumerate(now)]
    earlier = [(plane.left + (place + 0.5) * step, plane.y_of(value)) for place, value in enumerate(before)]
    return Chart(
        frame=frame,
        grid=plane.grid(),
        scale=plane.scale(),
        ticks=[named(frame, points[place][0], names[place]) for place in places_to_name(plane, len(now))],
        before="".join(f"M{x - step * 0.45:.5g} {y:g}h{step * 0.9:.4g}" for x, y in earlier),
        highest=called_out(points, callout),
        bars="".join(
            f"M{x - wide / 2:.5g} {plane.floor}V{y:g}h{wide:g}V{plane.floor}z" for x, y in points if y < plane.floor
        ),
    )


def round_top(highest: float) -> int:
    """The value of the top grid line: three equal steps above nothing that read well, and reach the highest value."""
    least = max(highest, GRID_LINES - 1) / (GRID_LINES - 1)
    size = 10.0 ** floor(log10(least))
    step = next(size * step for step in STEPS if size * step >= least and size * step == round(size * step))
    return round(step * (GRID_LINES - 1))


def places_to_name(plane: Plane, count: int) -> range:
    """Which of the values have their name below them: the first and every few, so that no two names touch."""
    most = max(1, (plane.frame.width - plane.left) // TICK_WIDTH)
    return range(0, count, ceil(count / most) or 1)


def named(frame: Frame, x: float, name: str) -> Words:
    """A name below a place of a chart, within its borders."""
    half = frame.letter * len(name) / 2
    anchor: Anchor = "end" if x + half > frame.width else "middle"
    return Words(x, frame.height - 4, name, "start" if x - half < frame.letter * 2 else anchor)


def called_out(points: Sequence[tuple[float, float]], callout: str, turns_at: float | None = None) -> Words | None:
    """The words at the highest point: over it, or beside it on the side where there is room, which turns somewhere."""
    if not points or not callout:
        return None
    x, y = min(points, key=lambda point: point[1])
    if turns_at is None:
        return Words(x, y, callout)
    return Words(x, y, callout, "start" if x < turns_at else "end")


def path_of(points: Sequence[tuple[float, float]]) -> str:
    """A line through points; a single one becomes a short stroke."""
    if len(points) == 1:
        return f"M{points[0][0]:g} {points[0][1]:g}h6"
    return "".join(f"{'L' if place else 'M'}{x:g} {y:g}" for place, (x, y) in enumerate(points))


def draw_heat(
    frame: Frame, values: Sequence[Sequence[float | None]], rows: Sequence[str], columns: Sequence[str]
) -> HeatMap:
    """Cells that are the fuller the higher their value is among all, none for None; empty names are not written."""
    left = frame.letter * max(map(len, rows)) + 10
    wide = (frame.width - left) / len(columns)
    high = (frame.height - frame.below) / len(rows)
    highest = max(value for row in values for value in row if value is not None)
    levels = [""] * (LEVELS + 1)
    for down, row in enumerate(values):
        for across, value in enumerate(row):
            if value is None:
                continue
            level = ceil(LEVELS * value / highest) if highest else 0
            x, y = left + across * wide, down * high
            levels[level] += f"M{x:.5g} {y:.5g}h{wide - GAP:.4g}v{high - GAP:.4g}h-{wide - GAP:.4g}z"
    return HeatMap(
        frame=frame,
        levels=levels,
        rows=[Words(0, round((n + 0.5) * high + 3, 1), name, "start") for n, name in enumerate(rows) if name],
        columns=[
            Words(round(left + n * wide, 1), frame.height - 8, name, "start") for n, name in enumerate(columns) if name
        ],
    )


def draw_spark(values: Sequence[float | None], width: int = 300, height: int = 56) -> Spark:
    """A line through values in a small drawing of its own, from nothing up to the highest."""
    highest = max((value for value in values if value is not None), default=0) or 1
    step = width / max(1, len(values) - 1)
    now = area = ""
    for known, run in groupby(enumerate(values), key=lambda one: one[1] is not None):
        if known:
            points = [
                (round(place * step, 1), round(height - 2 - (value or 0) * (height - 6) / highest, 1))
                for place, value in run
            ]
            now += path_of(points)
            area += f"{path_of(points)}V{height}H{points[0][0]:g}z" if len(points) > 1 else ""
    return Spark(width, height, now, area)
