"""Stretches of decoded music, handed from whoever decodes to whoever measures."""

import ctypes
from dataclasses import dataclass
from typing import Any

SAMPLE_BYTES = 4
BLOCKS_A_SECOND = 10
CHANNELS = range(1, 65)
SAMPLE_RATES = range(4_000, 384_001)


@dataclass(frozen=True)
class Block:
    """Up to a tenth of a second of 32-bit floats, channels interleaved; valid until the next block is asked for."""

    samples: Any
    frames: int
    channels: int

    @property
    def count(self) -> int:
        """Count the samples of all channels."""
        return self.frames * self.channels

    @property
    def address(self) -> int:
        """Say where the samples lie in memory."""
        return ctypes.addressof(self.samples)

    @property
    def octets(self) -> memoryview:
        """Give the samples as bytes."""
        return memoryview(self.samples).cast("B")[: self.count * SAMPLE_BYTES]


def room_for(frames: int, channels: int) -> Any:
    """Make an array of so many samples, all zero."""
    return (ctypes.c_float * (frames * channels))()


def frames_of_block(sample_rate: int) -> int:
    """Count the frames in a tenth of a second."""
    return round(sample_rate / BLOCKS_A_SECOND)
