"""Files that wrap sound of several kinds: Ogg pages and MP4 boxes."""

import os
import re
from typing import BinaryIO

from .kinds import AudioKind

OGG_PAGE_HEADER_BYTES = 27
MOVIE_BOX_LIMIT_BYTES = 4 << 20
BOXES_LIMIT = 200
SAMPLE_DESCRIPTIONS = re.compile(rb"stsd")
MP4_CODECS = {b"mp4a": AudioKind.M4A, b"alac": AudioKind.ALAC}


def ogg_kind(head: bytes) -> AudioKind | None:
    """Name the codec of an Ogg file by the first packet of its first page."""
    if len(head) < OGG_PAGE_HEADER_BYTES:
        return None
    packet = head[OGG_PAGE_HEADER_BYTES + head[26] :]
    if packet.startswith(b"\x01vorbis"):
        return AudioKind.VORBIS
    return AudioKind.OPUS if packet.startswith(b"OpusHead") else None


def mp4_kind(file: BinaryIO) -> AudioKind | None:
    """Tell an MP4 with nothing but sound from a video, by the handlers of its tracks, and its sound by its codec."""
    movie = _movie_box(file)
    if b"soun" not in movie or b"vide" in movie:
        return None
    return next((kind for codec, kind in MP4_CODECS.items() if codec in _codecs(movie)), None)


def _codecs(movie: bytes) -> list[bytes]:
    """List the first codec that each track names in its `stsd` box."""
    places = [found.end() for found in SAMPLE_DESCRIPTIONS.finditer(movie)]
    return [movie[place + 12 : place + 16] for place in places]


def _movie_box(file: BinaryIO) -> bytes:
    """Return the body of the `moov` box, at most 4 MB of it, by walking the boxes of the file."""
    end, position = file.seek(0, os.SEEK_END), 0
    for _ in range(BOXES_LIMIT):
        if position + 8 > end:
            break
        file.seek(position)
        header = file.read(16)
        size, name = int.from_bytes(header[:4], "big"), header[4:8]
        if size == 1:
            size = int.from_bytes(header[8:16], "big")
        if name == b"moov":
            return header[8:] + file.read(min(size or MOVIE_BOX_LIMIT_BYTES, MOVIE_BOX_LIMIT_BYTES))
        if size < 8:
            break
        position += size
    return b""
