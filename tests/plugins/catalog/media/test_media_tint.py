"""A cover's colour is the one that a person would name."""

import pytest
from PIL import Image, ImageDraw

from plugins.catalog.media import tint_of


def halves(left: str, right: str, share: float = 0.5) -> Image.Image:
    picture = Image.new("RGB", (200, 200), right)
    ImageDraw.Draw(picture).rectangle((0, 0, int(200 * share) - 1, 200), fill=left)
    return picture


@pytest.mark.parametrize(
    ("colour", "tint"),
    [("#ff0000", "1"), ("#ffff00", "7"), ("#00ff00", "9"), ("#00ffff", "12"), ("#0000ff", "17"), ("#ff00ff", "21")],
)
def test_plain_colours_have_the_hue_of_oklab(colour: str, tint: str) -> None:
    assert tint_of(Image.new("RGB", (10, 10), colour)) == tint


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#7f7f7f", "#80827f"])
def test_covers_without_colour_are_grey(colour: str) -> None:
    assert tint_of(Image.new("RGB", (300, 300), colour)) == "grey"


def test_a_speck_of_colour_does_not_tint_a_grey_cover() -> None:
    assert tint_of(halves("#ff0000", "#808080", share=0.005)) == "grey"


def test_a_vivid_stripe_outweighs_a_pale_ground() -> None:
    assert tint_of(halves("#e0301e", "#e8eef4", share=0.2)) == tint_of(Image.new("RGB", (9, 9), "#e0301e"))


def test_the_larger_of_two_equally_vivid_colours_wins() -> None:
    assert tint_of(halves("#00ff00", "#ff00ff", share=0.7)) == "9"
    assert tint_of(halves("#00ff00", "#ff00ff", share=0.2)) == "21"


def test_neighbouring_hues_count_together() -> None:
    picture = Image.new("RGB", (100, 100), "#0000ff")
    draw = ImageDraw.Draw(picture)
    for place, colour in enumerate(("#ff3000", "#ff5a00", "#ff8000")):
        draw.rectangle((place * 22, 0, place * 22 + 21, 100), fill=colour)
    assert tint_of(picture) in {"2", "3"}


def test_every_picture_mode_can_be_asked() -> None:
    for mode in ("1", "L", "P", "RGBA", "CMYK"):
        assert tint_of(Image.new(mode, (20, 20)))
