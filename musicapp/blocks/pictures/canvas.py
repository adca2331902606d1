"""A sheet to draw on for mails: shapes and words in pixels of the mail, kept at twice as many and without a ground.

Its colours are read on white and on black paper alike, because a mail does not know which one it is shown on.
"""

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont

from config import ROOT
from musicapp.blocks.tints import HOUSE_HUE, oklch
from musicapp.charts import Anchor

WIDTH = 552
SCALE = 2
FINER = 2
FONT = ROOT / "static" / "vendor" / "instrument-sans" / "instrument-sans-latin.woff2"
FONT_PX = 15
BEYOND_LATIN = "–—‘’“”…·"
COLOURS = 64
ACCENT = oklch(0.58, 0.15, HOUSE_HUE)
GREY = "#767676"
FAINT = "#9c9c9c66"
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


class Canvas:
    """Shapes are drawn four times as fine and made smaller, so that their edges are smooth; words come last."""

    def __init__(self, height: int) -> None:
        self.height = height
        self.shapes = Image.new("RGBA", (WIDTH * SCALE * FINER, height * SCALE * FINER), (0, 0, 0, 0))
        self.pen = ImageDraw.Draw(self.shapes)
        self.words: list[tuple[float, float, str, str, str, bool]] = []

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: float) -> None:
        self.pen.line(fine(points), fill=colour, width=round(width * SCALE * FINER), joint="curve")

    def dashes(self, points: Sequence[tuple[float, float]], colour: str, width: float, dash: float = 3) -> None:
        """A line of dashes as long as the gaps between them."""
        drawn, here = True, list(points[:1])
        left = dash
        for (x, y), (to_x, to_y) in pairwise(points):
            length = ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5
            gone = 0.0
            while length - gone > left:
                gone, left = gone + left, dash
                here.append((x + (to_x - x) * gone / length, y + (to_y - y) * gone / length))
                if drawn:
                    self.line(here, colour, width)
                drawn, here = not drawn, here[-1:]
            left -= length - gone
            here.append((to_x, to_y))
        if drawn and len(here) > 1:
            self.line(here, colour, width)

    def area(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        self.pen.polygon(fine(points), fill=colour)

    def box(self, x: float, y: float, width: float, height: float, colour: str, outline: str = "") -> None:
        corners = fine([(x, y), (x + width, y + height)])
        radius = min(6.0, height / 4) * SCALE * FINER
        self.pen.rounded_rectangle(corners, radius, fill=colour or None, outline=outline or None, width=SCALE * FINER)

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        self.pen.ellipse(fine([(x - radius, y - radius), (x + radius, y + radius)]), fill=colour)

    def write(self, x: float, y: float, text: str, anchor: Anchor, colour: str = GREY, *, bold: bool = False) -> None:
        """Words on the line `y`; those the font has no letters for are left to the text beside the picture."""
        if all(ord(letter) < 0x100 or letter in BEYOND_LATIN for letter in text):
            self.words.append((x, y, text, ANCHORS[anchor], colour, bold))

    def png(self) -> bytes:
        """The picture, with few colours and thus a small file."""
        picture = self.shapes.reduce(FINER)
        pen = ImageDraw.Draw(picture)
        for x, y, text, anchor, colour, bold in self.words:
            pen.text((x * SCALE, y * SCALE), text, fill=colour, font=font(bold), anchor=anchor)
        file = BytesIO()
        picture.quantize(COLOURS, method=Image.Quantize.FASTOCTREE).save(file, "PNG")
        return file.getvalue()


def fine(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(x * SCALE * FINER, y * SCALE * FINER) for x, y in points]


@cache
def font(bold: bool) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The site's own font, or Pillow's where FreeType was built without what opens it."""
    try:
        letters = ImageFont.truetype(FONT, FONT_PX * SCALE)
        letters.set_variation_by_axes([600 if bold else 500])
    except (OSError, NotImplementedError):
        return ImageFont.load_default(FONT_PX * SCALE)
    return letters
