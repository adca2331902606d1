"""Waves read from one period that holds no harmonic above hearing, so nothing folds back."""

from collections.abc import Callable

import numpy as np

from . import RATE, Sound, moments

PERIOD = 4096
HIGHEST_HZ = 15_000
Spectrum = Callable[[Sound], Sound]
"""The strength of each harmonic, given their frequencies' multiples 1, 2, 3…"""


def saw(harmonic: Sound) -> Sound:
    """Every harmonic, each weaker by its number: bright, the raw stuff of brass and bass."""
    return 1 / harmonic


def square(harmonic: Sound) -> Sound:
    """Odd harmonics only: hollow, like a clarinet or an old games console."""
    return np.where(harmonic % 2 == 1, 1 / harmonic, 0.0)


def pulse(duty: float) -> Spectrum:
    """A square that is up for only `duty` of each period; thinner the smaller it is."""
    return lambda harmonic: np.sin(np.pi * harmonic * duty) / harmonic


def soft(steepness: float) -> Spectrum:
    """Harmonics that fall by a power of their number; 1 is a saw, 3 nearly a sine."""
    return lambda harmonic: harmonic**-steepness


def one_period(spectrum: Spectrum, hz: float) -> Sound:
    """One period of the wave as a table, limited to what a note of this pitch may hold."""
    harmonic = np.arange(1.0, max(2.0, min(160.0, HIGHEST_HZ / hz)))
    bins = np.zeros(PERIOD // 2 + 1, complex)
    bins[1 : len(harmonic) + 1] = -0.5j * PERIOD * spectrum(harmonic)
    return np.fft.irfft(bins, PERIOD)


def read(table: Sound, cycles: Sound) -> Sound:
    """The table's value at each position, counted in whole periods."""
    position = (cycles % 1.0) * PERIOD
    below = position.astype(np.intp)
    between = position - below
    return table[below % PERIOD] * (1 - between) + table[(below + 1) % PERIOD] * between


def turning(hz: float, seconds: float, vibrato: float = 0.0, rate_hz: float = 5.0, start: float = 0.0) -> Sound:
    """The cycles passed at each moment of a note; vibrato is a share of the pitch and comes in late."""
    time = moments(seconds)
    late = np.clip((time - 0.25) / 0.6, 0, 1)
    bend = 1 + vibrato * late * np.sin(2 * np.pi * rate_hz * time)
    return start + np.cumsum(hz * bend) / RATE


def wave(spectrum: Spectrum, hz: float, seconds: float, vibrato: float = 0.0, start: float = 0.0) -> Sound:
    """A steady tone of this colour."""
    return read(one_period(spectrum, hz), turning(hz, seconds, vibrato, start=start))
