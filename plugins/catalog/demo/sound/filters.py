"""Tone shaping in the frequency domain, over a whole part at once."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from . import RATE, Sound

Response = Callable[[Sound], NDArray[np.complex128] | Sound]
"""What becomes of each frequency, given in hertz."""


def through(sound: Sound, response: Response, tail: int = 0) -> Sound:
    """The sound after a filter; `tail` samples of ringing are kept from wrapping to the start."""
    length = sound.shape[-1]
    size = _friendly(length + tail + RATE // 10)
    spectrum = np.fft.rfft(sound, size)
    spectrum *= response(np.fft.rfftfreq(size, 1 / RATE).astype(np.float64))
    return np.fft.irfft(spectrum, size)[..., :length]


def lowpass(sound: Sound, hz: float, order: int = 2) -> Sound:
    """Takes the highs above this frequency away."""
    return through(sound, lambda f: 1 / np.sqrt(1 + (f / hz) ** (2 * order)))


def highpass(sound: Sound, hz: float, order: int = 2) -> Sound:
    """Takes the lows below this frequency away."""
    return through(sound, lambda f: 1 / np.sqrt(1 + (hz / np.maximum(f, 1e-3)) ** (2 * order)))


def around(sound: Sound, hz: float, octaves: float) -> Sound:
    """Keeps a band this many octaves wide."""
    return through(sound, lambda f: np.exp(-((np.log2(np.maximum(f, 1) / hz) / octaves) ** 2) * 2))


def sweep(sound: Sound, cutoff_hz: Sound, steps: int = 7) -> Sound:
    """A low-pass whose cutoff moves: fixed filters, faded from one to the next."""
    position = np.log2(cutoff_hz)
    stops = np.linspace(position.min(), position.max() + 1e-6, steps)
    gap = stops[1] - stops[0]
    swept = np.zeros_like(sound)
    for stop in stops:
        share = np.clip(1 - np.abs(position - stop) / gap, 0, 1)
        swept += share * lowpass(sound, float(2**stop), order=3)
    return swept


def _friendly(length: int) -> int:
    """The next length that the Fourier transform is quick with: a power of two, or three quarters of one."""
    power = 1 << (length - 1).bit_length()
    return power * 3 // 4 if power * 3 // 4 >= length else power
