"""The picture of shares: a bar for each part, as long as its share of the whole."""

from musicapp.blocks.numbers import share
from musicapp.blocks.pictures.canvas import ACCENT, FAINT, WIDTH, Canvas
from musicapp.blocks.shapes import Shares

HIGH = 38
BAR = 8
LONGEST_NAME = 56


def draw_shares(shares: Shares) -> Canvas:
    canvas = Canvas(HIGH * len(shares.lines))
    for place, line in enumerate(shares.lines):
        percent, y = share(line.value, shares.lines), place * HIGH
        name = line.title if len(line.title) <= LONGEST_NAME else f"{line.title[: LONGEST_NAME - 1]}…"
        canvas.write(0, y + 16, name, "start", bold=True)
        canvas.write(WIDTH, y + 16, f"{percent} %", "end")
        canvas.box(0, y + 24, WIDTH, BAR, FAINT)
        if percent:
            canvas.box(0, y + 24, max(BAR, WIDTH * percent / 100), BAR, ACCENT)
    return canvas
