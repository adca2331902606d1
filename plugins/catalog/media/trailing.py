"""Tags behind the sound of an MP3: ID3v1 and APE."""

import os
from typing import BinaryIO

ID3V1_BYTES = 128
APE_FOOTER_BYTES = 32
APE_HAS_HEADER = 1 << 31
TAGS_IN_A_ROW = 4


def sound_end(file: BinaryIO) -> int:
    """Return where the sound ends before the tags at the end of a file, in bytes."""
    end = file.seek(0, os.SEEK_END)
    for _ in range(TAGS_IN_A_ROW):
        size = _tag_bytes(_before(file, end, ID3V1_BYTES), end)
        if size == 0:
            break
        end -= size
    return end


def _before(file: BinaryIO, end: int, size: int) -> bytes:
    start = max(0, end - size)
    file.seek(start)
    return file.read(end - start)


def _tag_bytes(tail: bytes, end: int) -> int:
    """Return the size of the tag that ends with `tail`, or 0 when there is none."""
    if len(tail) == ID3V1_BYTES and tail.startswith(b"TAG"):
        return ID3V1_BYTES
    footer = tail[-APE_FOOTER_BYTES:]
    if footer.startswith(b"APETAGEX"):
        header = APE_FOOTER_BYTES if int.from_bytes(footer[20:24], "little") & APE_HAS_HEADER else 0
        size = int.from_bytes(footer[12:16], "little") + header
        return size if size <= end else 0
    return 0
