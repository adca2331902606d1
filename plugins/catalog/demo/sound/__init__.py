"""A small synthesiser on numpy: every sound is an array of floats at `RATE` samples a second.

One row is mono, two rows are left and right.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

RATE = 44_100

Sound = NDArray[np.float64]
Voice = Callable[[float, float, float, np.random.Generator], Sound]
"""An instrument: (pitch in hertz, seconds held, force 0..1, source of chance) to one mono note."""


def samples(seconds: float) -> int:
    """How many samples a stretch of time takes."""
    return round(seconds * RATE)


def moments(seconds: float) -> Sound:
    """The time in seconds at every sample of a stretch."""
    return np.arange(samples(seconds)) / RATE
