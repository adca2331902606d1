"""The picture of a calendar: a square for each day, or for many days a small one in the column of its week."""

from collections.abc import Sequence

from musicapp.blocks.drawings import WEEKDAYS, Day, is_long, weeks_of
from musicapp.blocks.pictures.canvas import FAINT, GREY, WIDTH, Canvas
from musicapp.blocks.shapes import Calendar
from musicapp.blocks.tints import HOUSE_HUE, oklch

# The ground of a day by how full it is, and the colour of the number on it.
GROUNDS = ("", oklch(0.9, 0.035, HOUSE_HUE), oklch(0.74, 0.1, HOUSE_HUE), oklch(0.46, 0.13, HOUSE_HUE))
NUMBERS = (GREY, "#231f1b", "#231f1b", "#ffffff")
GAP = 5
HEAD = 22
HIGH = 38
SIDE = 34


def draw_calendar(calendar: Calendar) -> Canvas:
    weeks = weeks_of(calendar)
    return draw_columns(weeks) if is_long(calendar) else draw_squares(weeks)


def draw_squares(weeks: Sequence[Sequence[Day | None]]) -> Canvas:
    canvas = Canvas(HEAD + len(weeks) * (HIGH + GAP))
    step = (WIDTH + GAP) / len(WEEKDAYS)
    for across, name in enumerate(WEEKDAYS):
        canvas.write(across * step + 8, HEAD - 8, name, "start")
    for down, week in enumerate(weeks):
        for across, day in enumerate(week):
            if day:
                x, y = across * step, HEAD + down * (HIGH + GAP)
                draw_day(canvas, x, y, step - GAP, HIGH, day)
                canvas.write(x + 8, y + 18, day.name, "start", NUMBERS[day.level])
    return canvas


def draw_columns(weeks: Sequence[Sequence[Day | None]]) -> Canvas:
    step = (WIDTH - SIDE) / len(weeks)
    canvas = Canvas(round(len(WEEKDAYS) * step) + HEAD)
    for down, name in enumerate(WEEKDAYS):
        if down % 3 == 0:
            canvas.write(0, (down + 1) * step, name, "start")
    for across, week in enumerate(weeks):
        for down, day in enumerate(week):
            if day:
                draw_day(canvas, SIDE + across * step, down * step, step - 1.5, step - 1.5, day)
            if day and day.on.day == 1:
                canvas.write(SIDE + across * step, canvas.height - 5, f"{day.on:%b}", "start")
    return canvas


def draw_day(canvas: Canvas, x: float, y: float, width: float, height: float, day: Day) -> None:
    canvas.box(x, y, width, height, GROUNDS[day.level], outline=FAINT if day.level == 0 else "")
