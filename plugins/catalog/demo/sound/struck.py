"""Instruments that are plucked or struck and then left to ring."""

import numpy as np

from . import RATE, Sound, moments
from .envelopes import dying


def string(hz: float, seconds: float, force: float, chance: np.random.Generator, damping: float = 0.5) -> Sound:
    """A plucked string (Karplus and Strong, 1983): a burst of noise that goes round and is smoothed each time."""
    period = int(RATE / hz - damping)
    ring = _burst(period, force, chance)
    rounds = int(seconds * hz) + 2
    keep = 0.5 ** (1 / (hz * 1.1))
    turns = np.empty((rounds, period))
    for turn in range(rounds):
        turns[turn] = ring
        ring = keep * ((1 - damping) * ring + damping * np.roll(ring, 1))
    time = moments(seconds)
    stretched = np.interp(time * RATE * (period + damping) * hz / RATE, np.arange(turns.size), turns.ravel())
    return force * stretched * np.clip((seconds - time) / 0.06, 0, 1)


def guitar(hz: float, seconds: float, force: float, chance: np.random.Generator) -> Sound:
    """A nylon string, let ring a little beyond its written length."""
    return string(hz, seconds + 0.5, force, chance, damping=0.5 if hz < 500 else 0.35)


def harp(hz: float, seconds: float, force: float, chance: np.random.Generator) -> Sound:
    """A softer, longer string."""
    return string(hz, seconds + 1.4, force * 0.9, chance, damping=0.42 if hz < 500 else 0.22)


def bell(hz: float, seconds: float, force: float, chance: np.random.Generator) -> Sound:
    """A small glass bell by frequency modulation."""
    time = moments(seconds + 2.2)
    depth = 1.6 * force * np.exp(-time / 0.5)
    tone = np.sin(2 * np.pi * hz * time + depth * np.sin(2 * np.pi * hz * 3.51 * time))
    return force * 0.6 * tone * dying(seconds + 2.2, 0.45, 0.003)


def music_box(hz: float, seconds: float, force: float, chance: np.random.Generator) -> Sound:
    """A comb of steel teeth: a clear tone and two short overtones far above."""
    time = moments(seconds + 1.4)
    tone = np.sin(2 * np.pi * hz * time) * np.exp(-time / 0.75)
    tone += 0.35 * force * np.sin(2 * np.pi * 4.2 * hz * time) * np.exp(-time / 0.16)
    tone += 0.12 * force * np.sin(2 * np.pi * 8.1 * hz * time) * np.exp(-time / 0.05)
    return force * 0.6 * tone * dying(seconds + 1.4, 2.0)


def electric_piano(hz: float, seconds: float, force: float, chance: np.random.Generator) -> Sound:
    """A tine piano: a warm tone with a short metallic tick when played harder."""
    length = seconds + 0.35
    time = moments(length)
    body = 0.9 * force * np.exp(-time / 0.7) * np.sin(2 * np.pi * hz * time)
    tick = 0.5 * force**2 * np.exp(-time / 0.06) * np.sin(2 * np.pi * hz * 7 * time)
    tone = np.sin(2 * np.pi * hz * time + body + tick) + 0.2 * np.sin(4 * np.pi * hz * time) * np.exp(-time / 0.4)
    release = np.clip((length - time) / 0.35, 0, 1) ** 2
    return force * 0.55 * tone * dying(length, 0.9, 0.004) * release


def felt_piano(hz: float, seconds: float, force: float, chance: np.random.Generator) -> Sound:
    """An upright with felt on the hammers: stiff-string partials, the upper ones short."""
    length = seconds + 0.5
    time = moments(length)
    tone = np.zeros_like(time)
    for partial in range(1, min(11, int(9_000 / hz) + 1)):
        pitch = hz * partial * np.sqrt(1 + 0.0004 * partial**2)
        strength = np.exp(-partial * (0.95 - 0.4 * force))
        ring_s = 1.5 * (220 / hz) ** 0.35 / (1 + 0.45 * partial)
        tone += strength * np.exp(-time / ring_s) * np.sin(2 * np.pi * pitch * time + chance.uniform(0, 6.28))
    release = np.clip((length - time) / 0.4, 0, 1)
    return 1.4 * force * tone * release * np.clip(time / 0.006, 0, 1)


def marimba(hz: float, seconds: float, force: float, chance: np.random.Generator) -> Sound:
    """A wooden bar over its tube: the tone, its double octave and a knock."""
    length = 0.9 + 40 / hz
    time = moments(length)
    tone = np.sin(2 * np.pi * hz * time) * np.exp(-time * hz / 110)
    tone += 0.3 * force * np.sin(2 * np.pi * hz * 3.93 * time) * np.exp(-time / 0.05)
    tone += 0.12 * force * np.sin(2 * np.pi * hz * 9.2 * time) * np.exp(-time / 0.015)
    return force * 0.8 * tone * dying(length, 5.0)


def _burst(period: int, force: float, chance: np.random.Generator) -> Sound:
    """One period of noise as a finger leaves it: duller when gentle, without the tone of the picking point."""
    noise = chance.uniform(-1, 1, period)
    bins = np.fft.rfft(noise)
    harmonic = np.arange(len(bins))
    bins *= np.exp(-harmonic / (10 + 45 * force)) * np.abs(np.sin(np.pi * harmonic * 0.21))
    bins[0] = 0
    shaped = np.fft.irfft(bins, period)
    loudest: float = np.sqrt(np.mean(shaped**2)) * 4
    return shaped / max(loudest, 1e-9)
