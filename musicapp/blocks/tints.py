"""The site's colours as numbers, for mails and pictures, which know nothing of its style sheets."""

from math import atan2, cbrt, cos, degrees, radians, sin

HOUSE_HUE = 340
BIN = 15
GREY_CHROMA = 0.03
GREY = "grey"


def oklch(lightness: float, chroma: float, hue: float) -> str:
    """A colour of the style sheets as “#rrggbb”; what a screen cannot show is cut to what it can."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short
    return "#" + "".join(f"{round(255 * encoded(light)):02x}" for light in (red, green, blue))


def encoded(light: float) -> float:
    """Linear light as the sRGB value of 0 to 1 that a screen takes."""
    light = min(max(light, 0.0), 1.0)
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def decoded(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def site_tint(tint: str) -> str:
    """A block's tint as one of the site's, “0” to “23” or “grey”; “grey” for what is none."""
    if tint.isdecimal() and int(tint) < 360 // BIN:
        return str(int(tint))
    try:
        red, green, blue = (decoded(byte / 255) for byte in bytes.fromhex(tint.removeprefix("#")))
    except ValueError:
        return GREY
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    if a * a + b * b < GREY_CHROMA**2:
        return GREY
    return str(int(degrees(atan2(b, a)) % 360 // BIN))


def deep(tint: str) -> str:
    """The ground of a deep panel of this tint, dark enough for white words."""
    shown = site_tint(tint)
    return oklch(0.32, 0.01, HOUSE_HUE) if shown == GREY else oklch(0.32, 0.064, int(shown) * BIN + BIN / 2)
