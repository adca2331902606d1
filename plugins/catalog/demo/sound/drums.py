"""Soft drums; each makes one stroke, given its force and a source of chance."""

from collections.abc import Callable

import numpy as np

from . import RATE, Sound, Voice, moments
from .envelopes import dying
from .filters import around, highpass, lowpass

Drum = Callable[[float, np.random.Generator], Sound]


def as_voice(drum: Drum) -> Voice:
    """The drum for a part that is written in notes, whose pitch and length it does not follow."""
    return lambda hz, seconds, force, chance: drum(force, chance)


def kick(force: float, chance: np.random.Generator) -> Sound:
    """A bass drum: a sine that falls from a knock to a thud."""
    time = moments(0.42)
    hz = 46 + 110 * np.exp(-time / 0.028)
    return force * np.tanh(1.5 * np.sin(2 * np.pi * np.cumsum(hz) / RATE)) * dying(0.42, 0.085, 0.003)


def snare(force: float, chance: np.random.Generator) -> Sound:
    """A dry snare: a short tone under a rattle."""
    time = moments(0.3)
    rattle = around(chance.normal(0, 1, len(time)), 3_200, 1.8) * dying(0.3, 0.045, 0.001)
    tone = np.sin(2 * np.pi * (185 * time + 2.0 * (1 - np.exp(-time / 0.02)))) * dying(0.3, 0.04, 0.001)
    return force * (0.75 * rattle + 0.5 * tone)


def rim(force: float, chance: np.random.Generator) -> Sound:
    """A stick on the rim, or a clock's tick."""
    time = moments(0.09)
    tone = np.sin(2 * np.pi * 1_720 * time) + 0.6 * np.sin(2 * np.pi * 2_480 * time)
    return force * 0.5 * tone * dying(0.09, 0.009, 0.0006)


def closed_hat(force: float, chance: np.random.Generator) -> Sound:
    """Two cymbals pressed together."""
    return force * 0.4 * highpass(chance.normal(0, 1, len(moments(0.12))), 7_000, 3) * dying(0.12, 0.018, 0.001)


def open_hat(force: float, chance: np.random.Generator) -> Sound:
    """The same cymbals let loose."""
    return force * 0.4 * highpass(chance.normal(0, 1, len(moments(0.4))), 6_500, 3) * dying(0.4, 0.085, 0.002)


def shaker(force: float, chance: np.random.Generator) -> Sound:
    """Seeds in a tin, with a soft start."""
    return force * 0.35 * around(chance.normal(0, 1, len(moments(0.13))), 6_000, 1.2) * dying(0.13, 0.025, 0.03)


def drop(force: float, chance: np.random.Generator) -> Sound:
    """A drop of water into a puddle: a small tone that rises."""
    time = moments(0.22)
    hz = 700 + 900 * time / 0.22 + chance.uniform(-120, 300)
    return force * 0.5 * np.sin(2 * np.pi * np.cumsum(hz) / RATE) * dying(0.22, 0.03, 0.004)


def kettledrum(hz: float) -> Drum:
    """A timpano tuned to this pitch."""

    def stroke(force: float, chance: np.random.Generator) -> Sound:
        time = moments(1.6)
        skin = sum(
            (
                np.sin(2 * np.pi * hz * ratio * time) * np.exp(-time * ratio / 0.5) / ratio
                for ratio in (1, 1.5, 1.99, 2.44)
            ),
            start=np.zeros_like(time),
        )
        mallet = lowpass(chance.normal(0, 1, len(time)), 400) * dying(1.6, 0.02)
        return force * (0.7 * skin + 0.8 * mallet) * dying(1.6, 0.5)

    return stroke


def console_noise(half_life_s: float) -> Drum:
    """The console's noise channel: steps of chance instead of smooth noise."""

    def stroke(force: float, chance: np.random.Generator) -> Sound:
        length = half_life_s * 5
        count = len(moments(length))
        return force * 0.4 * np.repeat(chance.uniform(-1, 1, count // 4 + 1), 4)[:count] * dying(length, half_life_s)

    return stroke
