"""Space and wear: reverberation, echo, chorus, tape."""

import numpy as np

from . import RATE, Sound, samples
from .filters import around, highpass, lowpass, through


def hall(sound: Sound, decay_s: float, wet: float, seed: int = 5) -> Sound:
    """The dry sound with the answer of a room whose tail takes `decay_s` to vanish (60 dB)."""
    return sound + wet * answer(sound, decay_s, seed)


def answer(sound: Sound, decay_s: float, seed: int = 5) -> Sound:
    """Only what the room gives back: noise that dies away, highs first."""
    chance = np.random.default_rng(seed)
    count = samples(decay_s)
    time = np.arange(count) / RATE
    noise = chance.normal(0, 1, (2, count))
    room = np.zeros((2, count))
    for centre_hz, lives in ((200, 1.0), (900, 0.9), (2_800, 0.6), (7_000, 0.35)):
        room += around(noise, centre_hz, 1.6) * 10 ** (-3 * time / (decay_s * lives))
    room[:, : samples(0.018)] = 0
    room /= np.sqrt(np.sum(room**2, axis=1, keepdims=True))
    size = sound.shape[-1] + count
    spectrum = np.fft.rfft(room, 1 << (size - 1).bit_length())
    return np.fft.irfft(np.fft.rfft(highpass(sound, 120), (spectrum.shape[1] - 1) * 2) * spectrum)[:, : sound.shape[-1]]


def echo(sound: Sound, gap_s: float, feedback: float, wet: float, dull_hz: float = 3_000) -> Sound:
    """Repeats that wander left and right, each duller than the last."""

    def repeat(f: Sound) -> Sound:
        once = feedback / (1 + (f / dull_hz) ** 2) * np.exp(-2j * np.pi * f * gap_s)
        twice: Sound = 1 - once**2
        return np.stack([once / twice, once**2 / twice])

    mono = highpass(sound.mean(axis=0, keepdims=True), 150)
    return sound + wet / feedback * through(np.repeat(mono, 2, axis=0), repeat, tail=samples(gap_s * 12))


def widen(sound: Sound, depth_s: float = 0.004, rate_hz: float = 0.35) -> Sound:
    """A chorus: each side a little late by an amount that drifts."""
    time = np.arange(sound.shape[-1])
    sides = []
    for side, turn in zip(sound, (0.0, 0.5), strict=True):
        late = (0.012 + depth_s * np.sin(2 * np.pi * (rate_hz * time / RATE + turn))) * RATE
        sides.append(0.6 * side + 0.6 * np.interp(time - late, time, side))
    return np.stack(sides)


def worn_tape(sound: Sound, wobble_s: float = 0.0012, dull_hz: float = 5_500) -> Sound:
    """A cassette played often: pitch that wavers, warm overload, no top."""
    time = np.arange(sound.shape[-1])
    seconds = time / RATE
    late = wobble_s * RATE * (1.5 + np.sin(2 * np.pi * 0.55 * seconds) + 0.25 * np.sin(2 * np.pi * 5.3 * seconds))
    wavering = np.stack([np.interp(time - late, time, side) for side in sound])
    return lowpass(np.tanh(1.3 * wavering) / 1.3, dull_hz, 3)


def crackle(count: int, chance: np.random.Generator, per_second: float = 9) -> Sound:
    """The dust in an old record's groove, in stereo."""
    dust = np.zeros((2, count))
    pops = int(per_second * count / RATE)
    dust[chance.integers(0, 2, pops), chance.integers(0, count, pops)] = chance.normal(0, 1, pops)
    return around(dust, 3_000, 1.5) * 6 + 0.004 * lowpass(chance.normal(0, 1, (2, count)), 2_500)
