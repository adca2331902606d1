"""Pictures for the tests of covers: drawn, encoded, and written by hand where no program would."""

import io
import zlib

from PIL import Image, ImageDraw

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
GREY, PALETTE, RGBA = 0, 3, 6


def drawn(size: tuple[int, int] = (400, 400), ground: str = "#1c6fb8", dot: str = "#ff6a3d") -> Image.Image:
    """Draw a dot in the upper left corner of a coloured ground."""
    picture = Image.new("RGB", size, ground)
    ImageDraw.Draw(picture).ellipse((0, 0, min(size) // 4, min(size) // 4), fill=dot)
    return picture


def encoded(picture: Image.Image, format: str, **options: object) -> bytes:
    """Encode a picture as an artist's program would."""
    file = io.BytesIO()
    picture.save(file, format, **options)
    return file.getvalue()


def decoded(webp: bytes) -> Image.Image:
    """Open one of our covers."""
    picture = Image.open(io.BytesIO(webp), formats=["WEBP"])
    picture.load()
    return picture


def png(width: int, height: int, depth: int, colour: int, *chunks: bytes) -> bytes:
    """Write a PNG of zeros, as small as it gets, with more chunks before its pixels."""
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((depth, colour, 0, 0, 0))
    samples = {GREY: 1, PALETTE: 1, RGBA: 4}[colour]
    pixels = squeezed((1 + (width * samples * depth + 7) // 8) * height)
    return b"".join((PNG_SIGNATURE, chunk(b"IHDR", header), *chunks, chunk(b"IDAT", pixels), chunk(b"IEND", b"")))


def chunk(name: bytes, body: bytes) -> bytes:
    """Write one chunk of a PNG."""
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


def squeezed(size_bytes: int) -> bytes:
    """Compress so many zeros without holding them all."""
    packer, block = zlib.compressobj(1), bytes(1 << 20)
    parts = [packer.compress(block) for _ in range(size_bytes >> 20)]
    return b"".join(parts) + packer.compress(bytes(size_bytes & (1 << 20) - 1)) + packer.flush()
