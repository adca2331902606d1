"""MPEG layer III frames: where the music of an MP3 begins, whatever stands before it."""

from collections.abc import Iterator

SAMPLE_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
BITRATES_MPEG1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
BITRATES_MPEG2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
MPEG1 = 3
RESERVED_VERSION = 1
LAYER_III = 1
FRAMES_IN_A_ROW = 3
ID3_HEADER_BYTES = 10


def id3_bytes(head: bytes) -> int:
    """Return the size of the ID3v2 tag that begins `head`, or 0 when there is none."""
    if len(head) < ID3_HEADER_BYTES or not head.startswith(b"ID3") or max(head[6:10]) > 127:
        return 0
    size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
    footer = ID3_HEADER_BYTES if head[5] & 0x10 else 0
    return ID3_HEADER_BYTES + size + footer


def first_frame(block: bytes) -> int | None:
    """Return where in `block` the first of three consecutive frames begins, or None."""
    return next((start for start in _syncs(block) if _begins_a_row(block, start)), None)


def _syncs(block: bytes) -> Iterator[int]:
    start = block.find(b"\xff")
    while start >= 0:
        yield start
        start = block.find(b"\xff", start + 1)


def _begins_a_row(block: bytes, start: int) -> bool:
    stream = None
    for _ in range(FRAMES_IN_A_ROW):
        frame = _frame(block[start : start + 4])
        if frame is None or (stream is not None and frame[0] != stream):
            return False
        stream, size = frame
        start += size
    return True


def _frame(header: bytes) -> tuple[tuple[int, int], int] | None:
    """Return (version, sample rate) and the size in bytes of the frame with this header."""
    if len(header) < 4 or header[0] != 0xFF or header[1] < 0xE0:
        return None
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    bitrate_index, rate_index, padding = header[2] >> 4, header[2] >> 2 & 3, header[2] >> 1 & 1
    if version == RESERVED_VERSION or layer != LAYER_III or bitrate_index in (0, 15) or rate_index == 3:
        return None
    rate = SAMPLE_RATES[version][rate_index]
    bitrates, samples_in_bytes = (BITRATES_MPEG1, 144) if version == MPEG1 else (BITRATES_MPEG2, 72)
    return (version, rate), samples_in_bytes * bitrates[bitrate_index] * 1000 // rate + padding
