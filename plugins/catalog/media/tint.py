"""The one colour number that a cover lends to the pages around it."""

from math import atan2, cbrt, degrees, hypot

from PIL import Image

BINS = 24
BIN_DEGREES = 360 // BINS
THUMBNAIL_PIXELS = 64
COLOURED = 0.035
# A cover with less colour than one vivid pixel in a hundred is grey.
GREY_BELOW = 0.002
LINEAR = [value / 3294.6 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4 for value in range(256)]


def tint_of(image: Image.Image) -> str:
    """Return "0" to "23", the 15° bin of OKLab hue that carries most colour, or "grey" when there is little."""
    small = image.convert("RGB").resize((THUMBNAIL_PIXELS, THUMBNAIL_PIXELS), Image.Resampling.BOX)
    histogram = _hues_by_chroma(small.tobytes())
    if sum(histogram) < GREY_BELOW * THUMBNAIL_PIXELS**2:
        return "grey"
    smoothed = [histogram[place] + (histogram[place - 1] + histogram[(place + 1) % BINS]) / 2 for place in range(BINS)]
    return str(smoothed.index(max(smoothed)))


def _hues_by_chroma(rgb: bytes) -> list[float]:
    histogram = [0.0] * BINS
    for start in range(0, len(rgb), 3):
        a, b = _oklab_ab(LINEAR[rgb[start]], LINEAR[rgb[start + 1]], LINEAR[rgb[start + 2]])
        chroma = hypot(a, b)
        if chroma > COLOURED:
            histogram[int(degrees(atan2(b, a)) % 360 // BIN_DEGREES) % BINS] += chroma
    return histogram


def _oklab_ab(red: float, green: float, blue: float) -> tuple[float, float]:
    """Return the two colour axes of OKLab (Björn Ottosson, 2020) for linear sRGB."""
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return a, b
