"""The picture of a series: a line over four grid lines, and the one before it in dashes."""

from musicapp.blocks.drawings import scale_of
from musicapp.blocks.pictures.canvas import ACCENT, FAINT, GREY, WIDTH, Canvas
from musicapp.blocks.shapes import Series
from musicapp.charts import Frame, Plane, called_out, named, places_to_name, points_of, round_top

FRAME = Frame(WIDTH, 210, letter=9)
AREA = f"{ACCENT}22"


def draw_series(series: Series) -> Canvas:
    step, _ = scale_of(series)
    now = [value / step for value in series.values]
    before = [value / step for value in series.before][: len(now)]
    plane = Plane(FRAME, round_top(max([*now, *before], default=0)))
    canvas = Canvas(FRAME.height)
    for level, words in zip(plane.levels(), plane.scale(), strict=True):
        canvas.line([(plane.left, plane.y_of(level)), (plane.right, plane.y_of(level))], FAINT, 1)
        canvas.write(words.x, words.y, words.text, words.anchor)
    points = points_of(plane, now, len(now))
    canvas.area([(plane.left, plane.floor), *points, (points[-1][0], plane.floor)], AREA)
    canvas.dashes(points_of(plane, before, len(now)), GREY, 1.5)
    canvas.line([*points, (points[-1][0] + 6, points[-1][1])] if len(points) == 1 else points, ACCENT, 2.25)
    for place in places_to_name(plane, len(now)):
        tick = named(FRAME, points[place][0], series.labels[place])
        canvas.write(tick.x, tick.y, tick.text, tick.anchor)
    highest = called_out(points, series.callout, turns_at=WIDTH / 2)
    if highest:
        away = 10 if highest.anchor == "start" else -10
        canvas.dot(highest.x, highest.y, 5, ACCENT)
        canvas.write(highest.x + away, highest.y - 6, highest.text, highest.anchor, bold=True)
    return canvas
