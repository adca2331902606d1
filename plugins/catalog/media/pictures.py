"""Covers: strangers' pictures made into our own, square, small, and stripped of everything else."""

import io
import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps, PngImagePlugin

from .foreign import foreign_name
from .opening import open_regular
from .picture_header import PictureHeader, read_header
from .refusals import PictureRefused
from .tint import tint_of

SIZES = (600, 300, 96)
QUALITY = 84
PIXELS_LIMIT = 25_000_000
SIDE_MINIMUM = 64
FILE_LIMIT_BYTES = 20 << 20
DECODING_LIMIT_BYTES = 102 << 20
# Pictures are shrunk by whole numbers to at least this side before the last, exact step.
WORKING_SIDE = 1200
STRIP_ROWS = 32
PAPER = "#ffffff"
ORIENTATION = 0x0112
OURS = ("a JPEG picture", "a PNG picture", "a WebP picture")
EIGHT_OF_SIXTEEN_BITS = 1 / 256

# Pillow's own limits let compressed texts and profiles in a small PNG grow to 64 MB.
PngImagePlugin.MAX_TEXT_CHUNK = 1 << 20
PngImagePlugin.MAX_TEXT_MEMORY = 2 << 20


@dataclass(frozen=True)
class Cover:
    """A cover in our sizes: WebP bytes by side in pixels, and the tint it lends its page ("0" to "23" or "grey")."""

    sizes: dict[int, bytes]
    tint: str


def make_cover(source: bytes | str | os.PathLike[str]) -> Cover:
    """Make a cover from a picture's bytes or path; raise `PictureRefused` with a sentence for the artist.

    JPEG, PNG and WebP are taken by their content, up to 25 megapixels and under 150 MB of memory.
    """
    file = io.BytesIO(source) if isinstance(source, bytes) else open_regular(Path(source))
    if file is None:
        raise PictureRefused("There is no picture file to read. Choose it again.")
    with file:
        square = _square(file, _checked_header(file))
    sizes = {side: _webp(square.resize((side, side), Image.Resampling.LANCZOS)) for side in SIZES}
    return Cover(sizes, tint_of(square))


def _checked_header(file: BinaryIO) -> PictureHeader:
    """Refuse, before anything is decoded, what is no picture of ours or would take too much memory."""
    if file.seek(0, os.SEEK_END) > FILE_LIMIT_BYTES:
        raise PictureRefused(f"The picture is larger than {FILE_LIMIT_BYTES >> 20} MB. Save it smaller.")
    header = read_header(file, WORKING_SIDE)
    if header is None:
        raise PictureRefused(_why_no_picture(file))
    width, height = header.width, header.height
    if width * height > PIXELS_LIMIT:
        raise PictureRefused(
            f"The picture has {width} × {height} pixels; a cover has at most 25 megapixels. Make it smaller."
        )
    if min(width, height) < SIDE_MINIMUM:
        raise PictureRefused(
            f"The picture has {width} × {height} pixels; a cover needs at least {SIDE_MINIMUM} each way."
        )
    if header.decoding_bytes > DECODING_LIMIT_BYTES:
        raise PictureRefused(
            f"The picture has {width} × {height} pixels in a form of {header.format} that takes too much memory. "
            "Save it as a plain JPEG, or make it smaller."
        )
    return header


def _why_no_picture(file: BinaryIO) -> str:
    named = _name_of(file)
    if named in OURS:
        return f"This is {named} that is damaged. Save it again and try once more."
    return f"A cover is a JPEG, PNG or WebP picture; this is {named}."


def _name_of(file: BinaryIO) -> str:
    file.seek(0)
    head = file.read(4096)
    return foreign_name(head) or ("a file of another kind" if head else "an empty file")


def _square(file: BinaryIO, header: PictureHeader) -> Image.Image:
    """Decode a picture and return its upright centre as an RGB square of about `WORKING_SIDE`."""
    file.seek(0)
    try:
        with Image.open(file, formats=[header.format]) as image:
            if image.width * image.height > PIXELS_LIMIT:
                raise PictureRefused("The picture is larger than it says. Save it again as a plain JPEG.")
            image.draft("RGB", _draft_size(image))
            image.load()
            turn, profile = _orientation(image), image.info.get("icc_profile")
            square = _in_srgb(_shrunk_centre(image), profile)
    except PictureRefused:
        raise
    except MemoryError:
        raise PictureRefused("The picture takes too much memory to open. Save it as a plain JPEG.") from None
    except Exception:
        # Pillow meets a damaged file with a dozen kinds of errors; each of them means this.
        raise PictureRefused(f"The {header.format} picture is damaged. Save it again and try once more.") from None
    return _upright(square, turn)


def _draft_size(image: Image.Image) -> tuple[int, int]:
    shorter = min(image.size)
    return WORKING_SIDE * image.width // shorter, WORKING_SIDE * image.height // shorter


def _shrunk_centre(image: Image.Image) -> Image.Image:
    """Return the centre square, shrunk strip by strip, so that no second picture of full size is ever in memory."""
    shorter = min(image.size)
    step = max(1, shorter // WORKING_SIDE)
    side = shorter // step
    left, top = (image.width - side * step) // 2, (image.height - side * step) // 2
    square = Image.new("RGB", (side, side))
    for row in range(0, side, STRIP_ROWS):
        rows = min(STRIP_ROWS, side - row)
        strip = image.crop((left, top + row * step, left + side * step, top + (row + rows) * step))
        square.paste(_on_paper(strip).reduce(step), (0, row))
    return square


def _on_paper(strip: Image.Image) -> Image.Image:
    """Return opaque RGB, with what is transparent laid on white."""
    if strip.mode.startswith("I"):
        return strip.convert("I").point(lambda level: level * EIGHT_OF_SIXTEEN_BITS).convert("L").convert("RGB")
    if not strip.has_transparency_data:
        return strip.convert("RGB")
    clear = strip.convert("RGBA")
    paper = Image.new("RGBA", clear.size, PAPER)
    return Image.alpha_composite(paper, clear).convert("RGB")


def _orientation(image: Image.Image) -> int:
    try:
        turn = image.getexif().get(ORIENTATION, 1)
    except Exception:
        # A camera's notes may be damaged while its picture is whole.
        return 1
    return turn if isinstance(turn, int) and 1 <= turn <= 8 else 1


def _upright(square: Image.Image, turn: int) -> Image.Image:
    square.getexif()[ORIENTATION] = turn
    return ImageOps.exif_transpose(square)


def _in_srgb(square: Image.Image, profile: bytes | None) -> Image.Image:
    """Translate a wide-gamut picture into the colours that every screen shows alike."""
    if not profile:
        return square
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        translated = ImageCms.profileToProfile(square, own, ImageCms.createProfile("sRGB"))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return square
    return translated or square


def _webp(picture: Image.Image) -> bytes:
    encoded = io.BytesIO()
    picture.save(encoded, "WEBP", quality=QUALITY, exif=b"", icc_profile=b"")
    return encoded.getvalue()
