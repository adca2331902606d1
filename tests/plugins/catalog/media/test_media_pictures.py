"""Covers are made anew from the picture alone, within bounds."""

import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from drawn_pictures import GREY, PALETTE, RGBA, chunk, decoded, drawn, encoded, png, squeezed
from PIL import Image, ImageCms

from plugins.catalog.media import PictureRefused, make_cover, make_cover_safely
from plugins.catalog.media.answers import Answer

MakeFile = Callable[[str, bytes], Path]
Measure = Callable[[str, Path], tuple[Answer, float]]
ORIENTATION = 0x0112


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_a_cover_is_made_in_three_square_sizes(format: str) -> None:
    cover = make_cover(encoded(drawn((900, 700)), format))
    assert {side: decoded(webp).size for side, webp in cover.sizes.items()} == {
        600: (600, 600),
        300: (300, 300),
        96: (96, 96),
    }


def test_the_child_makes_the_same_cover(make_file: MakeFile) -> None:
    source = encoded(drawn(), "PNG")
    assert make_cover_safely(source) == make_cover(source) == make_cover_safely(make_file("cover.gif", source))


def test_the_centre_is_kept() -> None:
    wide = drawn((1_200, 400), ground="#ffffff", dot="#000000")
    wide.paste("#00ff00", (400, 0, 800, 400))
    corners = [(2, 2), (93, 2), (2, 93), (93, 93)]
    small = decoded(make_cover(encoded(wide, "PNG")).sizes[96])
    assert all(green > 200 and red < 60 for red, green, _ in map(small.getpixel, corners))


@pytest.mark.parametrize(
    ("turn", "corner"), [(1, (10, 10)), (3, (85, 85)), (6, (85, 10)), (8, (10, 85)), (2, (85, 10))]
)
def test_a_picture_that_was_held_sideways_is_turned_upright(turn: int, corner: tuple[int, int]) -> None:
    notes = Image.Exif()
    notes[ORIENTATION] = turn
    small = decoded(make_cover(encoded(drawn(), "JPEG", exif=notes, quality=95)).sizes[96])
    red, _, blue = small.getpixel(corner)
    assert red > 180 > blue, "the dot is where the camera saw it"


def test_nothing_but_the_picture_is_kept() -> None:
    notes = Image.Exif()
    notes[0x010E] = "home address"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    source = encoded(drawn(), "JPEG", exif=notes, icc_profile=profile, comment=b"home address") + b"<script>evil"
    for webp in make_cover(source).sizes.values():
        assert b"home address" not in webp and b"script" not in webp
        assert not {"exif", "icc_profile", "xmp"} & decoded(webp).info.keys()


def test_what_is_transparent_becomes_white() -> None:
    clear = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    assert min(decoded(make_cover(encoded(clear, "PNG")).sizes[96]).getpixel((48, 48))) > 250


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK", "I;16"])
def test_every_colour_mode_keeps_its_brightness(mode: str) -> None:
    light = {"I;16": 52_000, "1": 1, "CMYK": (0, 0, 0, 50), "LA": (203, 255)}.get(mode, 203)
    picture = Image.new("L", (80, 80), 203).convert("P") if mode == "P" else Image.new(mode, (80, 80), light)
    pixel = decoded(make_cover(encoded(picture, "JPEG" if mode == "CMYK" else "PNG")).sizes[96]).getpixel((48, 48))
    assert min(pixel) > 190


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "an SVG picture"),
        (b'<?xml version="1.0"?><!DOCTYPE svg><svg/>', "an SVG picture"),
        (b"GIF89a\1\0\1\0", "a GIF picture"),
        (b"%PDF-1.7", "a PDF"),
        (b"<html>\xff\xd8\xff", "a web page (HTML)"),
        (b"BM\0\0", "a BMP picture"),
        (b"", "an empty file"),
        (b"%!PS-Adobe-3.0 EPSF", "a PostScript document"),
    ],
)
def test_other_pictures_are_refused_by_content_and_named(content: bytes, name: str) -> None:
    with pytest.raises(PictureRefused) as refusal:
        make_cover(content)
    assert refusal.value.sentence == f"A cover is a JPEG, PNG or WebP picture; this is {name}."


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("kept", [0.05, 0.5, 0.9])
def test_a_picture_cut_off_is_refused(format: str, kept: float) -> None:
    whole = encoded(Image.effect_noise((300, 300), 80), format)
    with pytest.raises(PictureRefused):
        make_cover(whole[: int(len(whole) * kept)])


def test_too_many_pixels_too_few_and_too_many_bytes_are_refused_from_the_header() -> None:
    with pytest.raises(PictureRefused, match=r"has 14000 × 14000 pixels; a cover has at most 25 megapixels"):
        make_cover(png(14_000, 14_000, 1, GREY))
    with pytest.raises(PictureRefused, match=r"has 40 × 900 pixels; a cover needs at least 64 each way"):
        make_cover(png(40, 900, 8, GREY))
    with pytest.raises(PictureRefused, match="larger than 20 MB"):
        make_cover(png(100, 100, 8, GREY) + bytes(21 << 20))


def test_a_folder_and_a_missing_picture_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere.png"):
        with pytest.raises(PictureRefused, match="no picture file"):
            make_cover(path)
        with pytest.raises(PictureRefused, match="no picture file"):
            make_cover_safely(path)


SIDE = 5_000


def claimed_webp(side: int) -> bytes:
    """Write the head of a WebP that claims to be so large."""
    size = (side - 1).to_bytes(3, "little") * 2
    return b"RIFF\x1e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + size + b"VP8L" + bytes(8)


def text_bomb() -> bytes:
    """Write a PNG of a few hundred KB whose texts would be 300 MB."""
    return png(300, 300, 8, GREY, *[chunk(b"zTXt", b"k\0\0" + squeezed(60 << 20))] * 5)


def transparent_palette() -> bytes:
    """Write a PNG of 25 megapixels with a palette of clear colours."""
    return png(SIDE, SIDE, 8, PALETTE, chunk(b"PLTE", b"\7\7\7"), chunk(b"tRNS", b"\7"))


def flat(format: str, side: int = SIDE, **options: object) -> bytes:
    """Encode a large picture of one colour."""
    return encoded(Image.new("RGB", (side, side), "#1c6fb8"), format, **options)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: png(SIDE, SIDE, 8, RGBA), id="rgba"),
        pytest.param(lambda: png(SIDE, SIDE, 16, GREY), id="grey of 16 bits"),
        pytest.param(transparent_palette, id="transparent palette"),
        pytest.param(lambda: flat("JPEG"), id="jpeg"),
        pytest.param(lambda: flat("JPEG", progressive=True), id="progressive jpeg"),
        pytest.param(lambda: flat("WEBP", 2_450, method=0), id="webp of 6 megapixels"),
    ],
)
def test_large_pictures_are_taken_in_under_150_mb(
    make: Callable[[], bytes], make_file: MakeFile, answer_and_peak_mb: Measure
) -> None:
    path = make_file("cover", make())
    answer, peak_mb = answer_and_peak_mb("cover", path)
    assert "result" in answer, answer
    assert peak_mb < 150


def test_the_limits_of_the_child_leave_room_for_the_largest_picture(make_file: MakeFile) -> None:
    assert make_cover_safely(make_file("cover", png(SIDE, SIDE, 8, RGBA))).tint == "grey"


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: png(14_000, 14_000, 1, GREY), id="196 megapixels in a small png"),
        pytest.param(text_bomb, id="compressed texts"),
        pytest.param(lambda: png(300, 300, 8, GREY, chunk(b"iCCP", b"k\0\0" + squeezed(200 << 20))), id="profile"),
        pytest.param(lambda: flat("JPEG", progressive=True, subsampling=0), id="coefficients of a progressive jpeg"),
        pytest.param(lambda: claimed_webp(SIDE), id="webp of 25 megapixels"),
        pytest.param(lambda: claimed_webp(16_384), id="webp of 268 megapixels"),
    ],
)
def test_bombs_are_refused_in_under_150_mb(
    make: Callable[[], bytes], make_file: MakeFile, answer_and_peak_mb: Measure
) -> None:
    answer, peak_mb = answer_and_peak_mb("cover", make_file("cover", make()))
    assert answer["refused"].endswith("."), answer
    assert peak_mb < 150


def test_a_text_bomb_costs_the_text_alone_when_it_is_small() -> None:
    harmless = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"hello"))
    assert make_cover(png(100, 100, 8, GREY, harmless)).tint == "grey"
