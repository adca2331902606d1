"""What a picture's first bytes claim, read before anything is decoded."""

from dataclasses import dataclass
from typing import BinaryIO

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
FRAME_HEADERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
PROGRESSIVE = frozenset({0xC2, 0xC6, 0xCA, 0xCE})
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9
SEGMENTS_LIMIT = 2_000
PNG_BYTES_PER_PIXEL = 4
# Pillow holds a WebP four times over while it decodes: two canvases of the decoder, its answer, and the picture.
WEBP_BYTES_PER_PIXEL = 16
JPEG_BYTES_PER_PIXEL = 4
COEFFICIENT_BYTES = 2


@dataclass(frozen=True)
class PictureHeader:
    """The format, size in pixels, and bytes of memory that decoding takes."""

    format: str
    width: int
    height: int
    decoding_bytes: int


@dataclass(frozen=True)
class JpegFrame:
    """A JPEG's frame: size, sampling of each component, and whether all of it is held until the last scan."""

    width: int
    height: int
    sampling: tuple[tuple[int, int], ...]
    progressive: bool

    @property
    def samples(self) -> int:
        """Count the samples of all components, subsampled ones less."""
        across = max((h for h, _ in self.sampling), default=1) or 1
        down = max((v for _, v in self.sampling), default=1) or 1
        return sum(self.width * self.height * h * v // (across * down) for h, v in self.sampling)


def read_header(file: BinaryIO, jpeg_side: int) -> PictureHeader | None:
    """Read the header of a JPEG, PNG or WebP; None for every other file.

    A JPEG is decoded no larger than it takes to keep its shorter side at `jpeg_side` pixels.
    """
    file.seek(0)
    head = file.read(32)
    if head.startswith(PNG_SIGNATURE) and head[12:16] == b"IHDR":
        width, height = int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
        return PictureHeader("PNG", width, height, width * height * PNG_BYTES_PER_PIXEL)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        width, height = _webp_size(head)
        return PictureHeader("WEBP", width, height, width * height * WEBP_BYTES_PER_PIXEL)
    if head.startswith(b"\xff\xd8\xff"):
        frame = _jpeg_frame(file)
        return (
            None if frame is None else PictureHeader("JPEG", frame.width, frame.height, _jpeg_bytes(frame, jpeg_side))
        )
    return None


def _webp_size(head: bytes) -> tuple[int, int]:
    kind = head[12:16]
    if kind == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF
    return 0, 0


def _jpeg_frame(file: BinaryIO) -> JpegFrame | None:
    """Walk the segments up to the first scan."""
    file.seek(2)
    frame = None
    for _ in range(SEGMENTS_LIMIT):
        marker = _next_marker(file)
        if marker is None or marker == END_OF_IMAGE:
            return None
        size = int.from_bytes(file.read(2), "big") - 2
        if marker == START_OF_SCAN:
            in_scan = file.read(1)
            if frame is None or not in_scan:
                return frame
            several = in_scan[0] < len(frame.sampling)
            return JpegFrame(frame.width, frame.height, frame.sampling, frame.progressive or several)
        body = file.read(max(0, size))
        if marker in FRAME_HEADERS and frame is None:
            frame = _frame(body, marker in PROGRESSIVE)
    return None


def _next_marker(file: BinaryIO) -> int | None:
    byte = file.read(1)
    if byte != b"\xff":
        return None
    while byte == b"\xff":
        byte = file.read(1)
    return byte[0] if byte else None


def _frame(body: bytes, progressive: bool) -> JpegFrame | None:
    if len(body) < 6 or len(body) < 6 + 3 * body[5]:
        return None
    sampling = tuple((body[7 + 3 * place] >> 4, body[7 + 3 * place] & 15) for place in range(body[5]))
    return JpegFrame(int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big"), sampling, progressive)


def _jpeg_bytes(frame: JpegFrame, jpeg_side: int) -> int:
    shrunk = next(step for step in (8, 4, 2, 1) if step == 1 or min(frame.width, frame.height) // step >= jpeg_side)
    pixels = (frame.width // shrunk + 1) * (frame.height // shrunk + 1)
    return pixels * JPEG_BYTES_PER_PIXEL + (frame.samples * COEFFICIENT_BYTES if frame.progressive else 0)
