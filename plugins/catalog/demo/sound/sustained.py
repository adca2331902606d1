"""Instruments that sound for as long as they are held: pads, winds, reeds, brass, voices, basses."""

import numpy as np

from . import Sound, Voice, moments
from .envelopes import held, swelling
from .oscillators import Spectrum, one_period, pulse, read, saw, soft, square, turning, wave

VOWELS = {
    "ah": ((700, 1.0, 130), (1150, 0.55, 140), (2500, 0.16, 220), (3300, 0.08, 300)),
    "oh": ((450, 1.0, 110), (800, 0.5, 120), (2500, 0.08, 220), (3300, 0.04, 300)),
    "oo": ((320, 1.0, 110), (700, 0.18, 130), (2300, 0.03, 220), (3200, 0.02, 300)),
}
"""Per vowel its formants: (centre in hertz, strength, width in hertz)."""


def pad(hz: float, seconds: float, force: float, chance: np.random.Generator) -> Sound:
    """Five soft waves a hair apart, rising and falling slowly."""
    length = seconds + 2.0
    tone = sum(
        (wave(soft(1.7), hz * (1 + cents / 1731), length, start=chance.random()) for cents in (-9, -4, 0, 5, 8)),
        start=np.zeros(len(moments(length))),
    )
    return 0.16 * force * tone * swelling(length, min(1.6, seconds / 2), 2.0)


def whistle(hz: float, seconds: float, force: float, chance: np.random.Generator) -> Sound:
    """A wooden flute: almost a sine, with breath and a late vibrato."""
    length = seconds + 0.12
    tone = wave(lambda k: np.exp(-1.5 * (k - 1)) * (k < 7), hz, length, vibrato=0.005, start=chance.random())
    breath = np.convolve(chance.normal(0, 0.05, len(tone)), np.hanning(9) / 4, "same")
    return 0.5 * force * (tone + breath) * held(seconds, 0.07, 0.8, 0.3, 0.12)


def reed(hz: float, seconds: float, force: float, chance: np.random.Generator) -> Sound:
    """An accordion's or melodica's reed pair, slightly apart so that they beat."""
    length = seconds + 0.1
    first = wave(pulse(0.3), hz * 0.9985, length, start=chance.random())
    second = wave(pulse(0.22), hz * 1.002, length, vibrato=0.002, start=chance.random())
    return 0.26 * force * (first + second) * held(seconds, 0.05, 0.85, 0.2, 0.1)


def horn(hz: float, seconds: float, force: float, chance: np.random.Generator) -> Sound:
    """Brass: the harder and later in the swell, the more harmonics; it slides into its pitch."""
    length = seconds + 0.16
    time = moments(length)
    cycles = turning(hz, length, vibrato=0.003, rate_hz=4.6, start=chance.random())
    cycles -= hz * 0.012 * 0.06 * (1 - np.exp(-time / 0.06))
    swell = held(seconds, 0.08, 0.75, 0.35, 0.16)
    bright = np.clip(swell * (0.25 + 0.75 * force), 0, 1)
    dull, open_ = (one_period(_brass(edge_hz, hz), hz) for edge_hz in (500.0, 2_000.0))
    return 0.5 * force * swell * (read(dull, cycles) * (1 - bright) + read(open_, cycles) * bright)


def singers(first: str, then: str) -> Voice:
    """A small section of singers who move from one vowel to another on each note."""

    def sing(hz: float, seconds: float, force: float, chance: np.random.Generator) -> Sound:
        length = seconds + 0.35
        shape = swelling(length, min(0.55, seconds / 3), min(0.8, length / 2))
        towards = np.linspace(0, 1, len(shape)) ** 0.7
        start, end = (one_period(_vowel(vowel, hz), hz) for vowel in (first, then))
        choir = np.zeros(len(shape))
        for cents in (-7, 1, 6):
            cycles = turning(
                hz * (1 + (cents + chance.normal(0, 2)) / 1731), length, 0.006, 4.6 + chance.random(), chance.random()
            )
            choir += read(start, cycles) * (1 - towards) + read(end, cycles) * towards
        return 0.22 * force * choir * shape

    return sing


def chip(duty: float, half_life_s: float = 0.35) -> Voice:
    """A games console's pulse channel: hard start, stepped level, vibrato on long notes."""

    def beep(hz: float, seconds: float, force: float, chance: np.random.Generator) -> Sound:
        length = max(seconds - 0.012, 0.02)
        time = moments(length)
        level = np.ceil(15 * (0.35 + 0.65 * 0.5 ** (time / half_life_s))) / 15
        edges = np.clip(time / 0.002, 0, 1) * np.clip((length - time) / 0.006, 0, 1)
        return 0.5 * force * wave(pulse(duty), hz, length, vibrato=0.006) * level * edges

    return beep


def triangle(hz: float, seconds: float, force: float, chance: np.random.Generator) -> Sound:
    """The console's bass channel: round, always equally loud."""
    tone = wave(lambda k: square(k) / k * np.cos((k - 1) * np.pi / 2), hz, seconds)
    return 0.9 * force * tone * held(seconds - 0.02, 0.003, 1.0, 1.0, 0.02)[: len(tone)]


def round_bass(hz: float, seconds: float, force: float, chance: np.random.Generator) -> Sound:
    """A deep finger bass: a sine warmed by saturation so that small speakers carry it."""
    length = seconds + 0.08
    time = moments(length)
    tone = np.sin(2 * np.pi * hz * time) + 0.3 * np.sin(4 * np.pi * hz * time) * np.exp(-time / 0.25)
    return 0.75 * force * np.tanh(1.6 * tone) * held(seconds, 0.012, 0.75, 0.4, 0.08)


def saw_bass(hz: float, seconds: float, force: float, chance: np.random.Generator) -> Sound:
    """A short analogue bass note whose filter snaps shut."""
    cycles = turning(hz, seconds)
    time = moments(seconds)
    open_ = np.exp(-time / 0.07) * force
    dull, bright = (one_period(_muffled_saw(edge), hz) for edge in (3.0, 18.0))
    tone = read(dull, cycles) * (1 - open_) + read(bright, cycles) * open_
    return 0.5 * force * tone * np.clip(time / 0.003, 0, 1) * np.clip((seconds - time) / 0.02, 0, 1)


def _muffled_saw(edge: float) -> Spectrum:
    """A saw whose harmonics above this number are filtered away."""
    return lambda k: saw(k) / (1 + (k / edge) ** 4)


def _brass(edge_hz: float, hz: float) -> Spectrum:
    """Harmonics strong up to an edge and falling fast above it."""
    return lambda k: 1.5 / (k**0.5 * (1 + (k * hz / edge_hz) ** 2.6))


def _vowel(vowel: str, hz: float) -> Spectrum:
    """A throat's buzz through the formants of a vowel, equally loud at every pitch."""

    def spectrum(harmonic: Sound) -> Sound:
        mouth = np.full_like(harmonic, 0.01)
        for centre, strength, width in VOWELS[vowel]:
            mouth += strength * np.exp(-(((harmonic * hz - centre) / (1.4 * width)) ** 2))
        mouth += 0.5 * (harmonic == 1)
        tone: Sound = mouth * harmonic**-0.6
        return tone / float(np.sqrt(np.sum(tone**2)))

    return spectrum
