"""The four covers, drawn at 1200 px and kept at 600: one paper, one dark and two or three inks each."""

import io
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

LARGE = 1200
SIZE = 600
MARGIN = 90
MOST_BYTES = 50_000
GRAIN = 0.018

Light = NDArray[np.float64]
"""A picture or a colour as red, green and blue from 0 to 1."""
Recipe = Callable[[np.random.Generator], Image.Image]


def jpeg_cover(title: str) -> bytes:
    """The cover of a release as a JPEG small enough to go into every song."""
    recipe, seed = COVERS[title]
    chance = np.random.default_rng(seed)
    picture = _grained(recipe(chance).resize((SIZE, SIZE), Image.Resampling.LANCZOS), chance)
    tries = (_jpeg(picture, quality) for quality in range(88, 4, -4))
    return next(jpeg for jpeg in tries if len(jpeg) <= MOST_BYTES)


def paper_hills(chance: np.random.Generator) -> Image.Image:
    """Five cut-out hills under a pale sun, with an open gate on the second."""
    picture = _sky("#fbe7c6", "#f2ad86")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((730, 250, 960, 480), fill="#fff7e6")
    x = np.arange(0, LARGE + 8, 8)
    for number, colour in enumerate(("#dc8f6a", "#bb655b", "#814758", "#4d3450", "#2a2440")):
        turn = chance.uniform(0, 6, 2)
        y = 560 + number * 125 + 70 * np.sin(x / LARGE * (3 + number) + turn[0])
        y += 36 * np.sin(x / LARGE * (9 + 2 * number) + turn[1])
        draw.polygon([*zip(x.tolist(), y.tolist(), strict=True), (LARGE, LARGE), (0, LARGE)], fill=colour)
        if number == 1:
            _gate(draw, [(250.0, float(y[31])), (400.0, float(y[50]))])
    _words(draw, (MARGIN, MARGIN), "Postcards from\nthe Weather", 84, "#4d3450")
    _words(draw, (MARGIN, 302), "Kettle Observatory", 46, "#4d3450", weight=0)
    return picture


def nested_doors(chance: np.random.Generator) -> Image.Image:
    """Doorway within doorway, getting lighter towards a window at the end."""
    picture = Image.new("RGB", (LARGE, LARGE), "#0e2b29")
    draw = ImageDraw.Draw(picture)
    doors = 9
    for number in range(doors):
        share = number / (doors - 1)
        half, top = 470 - 395 * share**0.8, 130 + 380 * share**0.85
        foot = 1075 - 245 * share
        left = 600 + 70 * share - half
        colour = _between("#123a36", "#f3e6bd", share**1.5) if number < doors - 1 else "#ff9a62"
        draw.pieslice((left, top, left + 2 * half, top + 2 * half), 180, 360, fill=colour)
        draw.rectangle((left, top + half - 1, left + 2 * half, foot), fill=colour)
    draw.rectangle((0, 1075, LARGE, LARGE), fill="#0a201f")
    _words(draw, (MARGIN, 1098), "The Long Room", 56, "#f3e6bd")
    _words(draw, (LARGE - MARGIN, 1106), "Kettle Observatory", 42, "#f3e6bd", weight=0, anchor="ra")
    return picture


def lit_windows(chance: np.random.Generator) -> Image.Image:
    """Three trams stacked in the dark, some of their windows lit."""
    picture = Image.new("RGB", (LARGE, LARGE), "#0c1733")
    draw = ImageDraw.Draw(picture)
    shades = ("#14264d", "#1c3670", "#f5b84b", "#ff7d52", "#f5b84b", "#2a4f9c")
    for row in range(3):
        top = 110 + row * 292
        shift = (0, 70, -40)[row]
        draw.rounded_rectangle((MARGIN - 30 + shift, top, LARGE - 60 + shift, top + 236), 44, fill="#101e40")
        for window in range(6):
            left = MARGIN + 14 + shift + window * 172
            draw.rounded_rectangle((left, top + 36, left + 140, top + 150), 20, fill=shades[chance.integers(6)])
        draw.rectangle(
            (MARGIN - 30 + shift, top + 180, LARGE - 60 + shift, top + 192), fill="#ff7d52" if row == 1 else "#2a4f9c"
        )
    _words(draw, (MARGIN, 1020), "Last Service", 84, "#f6e7c9")
    _words(draw, (LARGE - MARGIN, 1052), "Tramline Nine", 46, "#f6e7c9", weight=0, anchor="ra")
    return picture


def overprinted_rain(chance: np.random.Generator) -> Image.Image:
    """A brass disc and the rain over it in two inks that do not quite meet."""
    paper = np.broadcast_to(_rgb("#f3ecdc"), (LARGE, LARGE, 3))
    disc, rain = (Image.new("L", (LARGE, LARGE), 0) for _ in range(2))
    ring = ImageDraw.Draw(disc)
    ring.ellipse((230, 110, 1010, 890), fill=255)
    ring.ellipse((500, 380, 740, 620), fill=0)
    strokes = ImageDraw.Draw(rain)
    for column in range(-6, 30):
        y = int(chance.integers(-200, 60))
        while y < 960:
            length = int(chance.integers(70, 240))
            x = column * 48 + y * 0.28
            strokes.line((x, y, x + length * 0.28, y + length), fill=255, width=13)
            y += length + int(chance.integers(40, 130))
    inked = _inked(_inked(paper, disc, "#f2a51e", chance), rain, "#a62a6b", chance, shifted=(5, -5))
    picture = Image.fromarray((inked * 255).astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 968, LARGE, LARGE), fill="#f3ecdc")
    _words(draw, (MARGIN, 1000), "Brass, Tape and Rain", 70, "#4a1537")
    _words(draw, (MARGIN, 1090), "Tramline Nine", 46, "#4a1537", weight=0)
    return picture


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality, optimize=True)
    return file.getvalue()


def _gate(draw: ImageDraw.ImageDraw, feet: list[tuple[float, float]]) -> None:
    """Two posts where the hill is, and a gate that stands open from the second."""
    for x, y in feet:
        draw.line((x, y - 118, x, y + 30), fill="#2a2440", width=11)
    x, y = feet[1]
    for bar in (-94, -60, -26):
        draw.line((x, y + bar, x + 86, y + bar * 0.75 + 12), fill="#2a2440", width=8)
    draw.line((x + 86, y - 66, x + 86, y + 4), fill="#2a2440", width=8)


def _inked(
    paper: Light, mask: Image.Image, colour: str, chance: np.random.Generator, shifted: tuple[int, int] = (0, 0)
) -> Light:
    """Ink multiplied onto paper through a mask, speckled as a stencil printer leaves it."""
    speckle = 1 - 0.16 * np.kron(chance.random((LARGE // 4, LARGE // 4)) > 0.8, np.ones((4, 4)))
    cover = (np.roll(np.asarray(mask, float) / 255, shifted, (0, 1)) * speckle)[..., None]
    printed: Light = paper * (1 - cover) + paper * _rgb(colour) * cover
    return printed


def _grained(picture: Image.Image, chance: np.random.Generator) -> Image.Image:
    light = np.asarray(picture.convert("RGB"), float) / 255
    grain = chance.normal(0, GRAIN, light.shape[:2])[..., None]
    return Image.fromarray((np.clip(light + grain, 0, 1) * 255).astype(np.uint8))


def _sky(top: str, foot: str) -> Image.Image:
    share = np.linspace(0, 1, LARGE)[:, None, None]
    rows = _rgb(top) * (1 - share) + _rgb(foot) * share
    return Image.fromarray((np.broadcast_to(rows, (LARGE, LARGE, 3)) * 255).astype(np.uint8))


def _words(
    draw: ImageDraw.ImageDraw,
    at: tuple[int, int],
    words: str,
    size: int,
    colour: str,
    weight: int = 1,
    anchor: str = "la",
) -> None:
    """Lettering in Pillow's own typeface; a weight thickens it by so many pixels on each side."""
    draw.text(
        at,
        words,
        font=ImageFont.load_default(size),
        fill=colour,
        stroke_width=weight,
        stroke_fill=colour,
        anchor=anchor,
    )


def _rgb(colour: str) -> Light:
    return np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255


def _between(first: str, second: str, share: float) -> tuple[int, int, int]:
    red, green, blue = ((_rgb(first) * (1 - share) + _rgb(second) * share) * 255).round().astype(int).tolist()
    return red, green, blue


COVERS: dict[str, tuple[Recipe, int]] = {
    "Postcards from the Weather": (paper_hills, 3),
    "Last Service": (lit_windows, 7),
    "The Long Room": (nested_doors, 1),
    "Brass, Tape and Rain": (overprinted_rain, 5),
}
"""For each release its recipe and seed."""
