"""How high the wave of a song goes between its samples: the true peak of ITU-R BS.1770, by fourfold oversampling."""

import ctypes
from math import cos, log10, pi, sin

from ..blocks import SAMPLE_BYTES, Block, frames_of_block, room_for
from .arithmetic import add, clip

OVERSAMPLING = 4
TAPS = 24
BEFORE = TAPS - 1
QUIETEST = 1e-5


class TruePeak:
    """The highest point of the wave of a song, sought while it is decoded.

    The wave is divided by the highest point known, so that one pass of clipping tells whether there is a higher one;
    only then is it looked for.
    """

    def __init__(self, channels: int, sample_rate: int) -> None:
        self.channels = channels
        frames = frames_of_block(sample_rate)
        self.heard = room_for(BEFORE + frames, channels)
        self.wave, self.clipped = room_for(frames, channels), room_for(frames, channels)
        self.highest = QUIETEST

    def add(self, block: Block) -> None:
        """Take in the next samples of the song."""
        heard, before_bytes = ctypes.addressof(self.heard), BEFORE * self.channels * SAMPLE_BYTES
        size_bytes = block.count * SAMPLE_BYTES
        ctypes.memmove(heard + before_bytes, block.address, size_bytes)
        for taps in PHASES:
            self._seek(heard, taps, block.count)
        ctypes.memmove(heard, heard + size_bytes, before_bytes)

    def dbtp(self) -> float | None:
        """Return the highest point in dB of full scale, None for silence."""
        return 20 * log10(self.highest) if self.highest > QUIETEST else None

    def _seek(self, heard: int, taps: list[float], count: int) -> None:
        """Raise the highest point if this phase of the wave goes beyond it."""
        wave, size_bytes = ctypes.addressof(self.wave), count * SAMPLE_BYTES
        clipped = ctypes.addressof(self.clipped)
        ctypes.memset(wave, 0, size_bytes)
        for place, factor in enumerate(taps):
            if factor:
                add(wave, heard + place * self.channels * SAMPLE_BYTES, count, factor / self.highest)
        clip(clipped, wave, count)
        if ctypes.string_at(wave, size_bytes) != ctypes.string_at(clipped, size_bytes):
            points = self.wave[:count]
            self.highest *= max(*points, -min(points))


def _taps(phase: float) -> list[float]:
    """The factors by which neighbouring samples make the wave at a place between two of them: a windowed sinc."""
    places = [place - TAPS / 2 + 1 - phase for place in range(TAPS)]
    return [_sinc(at) * (0.5 + 0.5 * cos(2 * pi * at / (TAPS + 1))) for at in places]


def _sinc(at: float) -> float:
    if at == 0:
        return 1.0
    return 0.0 if at == int(at) else sin(pi * at) / (pi * at)


PHASES = [_taps(phase / OVERSAMPLING) for phase in range(OVERSAMPLING)]
