"""A drone on D: partials that breathe at their own pace, waves of noise, and a tune made of overtones only."""

import numpy as np

from ..score import Note, hertz
from ..sound import Sound, moments
from ..sound.envelopes import curve, swelling
from ..sound.filters import sweep
from ..sound.rooms import echo, hall
from ..sound.tape import Tape, Tempo

GROUND = 38
SECONDS = 52.0
OVERTONES = ((8, 6, 4), (16, 9, 3), (19.5, 10, 5), (27, 12, 4), (31, 11, 2), (33, 10, 5), (40, 9, 3), (43, 8, 5))
"""The tune: (second, number of the overtone, seconds)."""


def compose() -> Sound:
    """It rises for half a minute and sinks back."""
    tape = Tape(Tempo(60), beats=SECONDS, tail_s=0, seed=16)
    tide = curve(SECONDS, (0, 400), (18, 1_000), (31, 3_200), (42, 1_000), (SECONDS, 300))
    tune = [Note(second, held, _overtone(number), 0.7) for second, number, held in OVERTONES]
    bowed = echo(tape.part(tune, _bowed, gain=0.7, spread=0.4), 0.9, 0.55, 0.4)
    return tape.master(
        hall(sweep(_partials(tape) + _surf(tape), tide), 3.0, 0.4), hall(bowed, 4.0, 0.8), fade_in_s=4, fade_out_s=8
    )


def _overtone(number: int) -> float:
    """The pitch of an overtone of the ground, pure and so not on any piano."""
    return GROUND + 12 * float(np.log2(number))


def _partials(tape: Tape) -> Sound:
    """The ground and its overtones, each coming and going on both sides at its own pace."""
    time = moments(SECONDS)
    drone = tape.silence()
    for number in (0.5, 1, 1.004, 1.5, 2, 2.997, 4, 5.01, 6, 7, 8, 9):
        strength = 0.4 if number < 1 else number**-0.5
        for side in (0, 1):
            pace, start = tape.chance.uniform(0.04, 0.13), tape.chance.uniform(0, 1)
            breath = 0.55 + 0.45 * np.sin(2 * np.pi * (pace * time + start))
            drone[side] += breath * strength * np.sin(2 * np.pi * (hertz(GROUND) * number * time + start))
    return drone


def _surf(tape: Tape) -> Sound:
    """Three waves of noise, the middle one the highest."""
    time = moments(SECONDS)
    waves = np.zeros_like(time)
    for crest_s, height in ((12, 0.12), (30, 0.22), (44, 0.09)):
        since_s = time - crest_s
        waves += height * np.exp(np.minimum(since_s, 0) / 2.5 - np.maximum(since_s, 0) / 4.0)
    return waves * tape.chance.normal(0, 1, (2, len(time)))


def _bowed(hz: float, seconds: float, force: float, chance: np.random.Generator) -> Sound:
    """A glass rim: a sine and its octave with a slow tremble."""
    time = moments(seconds + 1.5)
    tremble = 1 + 0.15 * np.sin(2 * np.pi * 3.1 * time)
    tone = np.sin(2 * np.pi * hz * time) + 0.25 * np.sin(4 * np.pi * hz * time)
    return force * tone * tremble * swelling(seconds + 1.5, seconds / 2.5, 2.0)
