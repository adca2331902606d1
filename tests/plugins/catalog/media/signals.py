"""Test signals as the EBU describes them: tones of known level, written as WAV files of 32-bit floats."""

import math
import struct
from array import array
from collections.abc import Sequence
from pathlib import Path

RATE = 48_000


def tone(dbfs: float, seconds: float, hz: float = 997, *, rate: int = RATE, phase_degrees: float = 0) -> "array[float]":
    """A sine of this peak level in dB of full scale."""
    amplitude, turn, phase = 10 ** (dbfs / 20), 2 * math.pi * hz / rate, math.radians(phase_degrees)
    return array("f", (amplitude * math.sin(turn * n + phase) for n in range(round(seconds * rate))))


def one_after_another(*parts: tuple[float, float]) -> "array[float]":
    """Tones of 997 Hz, each of (dBFS, seconds)."""
    joined = array("f")
    for dbfs, seconds in parts:
        joined.extend(tone(dbfs, seconds))
    return joined


def write_floats(path: Path, channels: "Sequence[array[float]]", rate: int = RATE) -> Path:
    """Write channels of equal length as a WAV of floats."""
    frames = array("f", bytes(4 * sum(map(len, channels))))
    for place, channel in enumerate(channels):
        frames[place :: len(channels)] = channel
    count, body = len(channels), frames.tobytes()
    form = struct.pack("<HHIIHH", 3, count, rate, rate * 4 * count, 4 * count, 32)
    head = b"WAVEfmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(body))
    path.write_bytes(b"RIFF" + struct.pack("<I", len(head) + len(body)) + head + body)
    return path
