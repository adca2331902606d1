"""How a note's loudness moves from its start to its end."""

import numpy as np

from . import RATE, Sound, moments, samples


def dying(seconds: float, half_life_s: float, attack_s: float = 0.002) -> Sound:
    """A strike that loses half its strength every half-life and ends at nothing."""
    time = moments(seconds)
    start = np.clip(time / attack_s, 0, 1)
    end = np.clip((seconds - time) / 0.03, 0, 1)
    return start * end * 0.5 ** (time / half_life_s)


def held(seconds: float, attack_s: float, sustain: float, settle_s: float, release_s: float) -> Sound:
    """A blown or bowed note: rises, settles to `sustain`, and goes away after it was held."""
    time = moments(seconds + release_s)
    rise = np.clip(time / attack_s, 0, 1)
    settling = sustain + (1 - sustain) * np.exp(-np.maximum(time - attack_s, 0) / settle_s)
    leaving = np.clip((seconds + release_s - time) / release_s, 0, 1) ** 2
    return rise * settling * leaving


def swelling(seconds: float, rise_s: float, fall_s: float) -> Sound:
    """A slow rise and fall without corners, for pads and voices."""
    count = samples(seconds)
    shape = np.ones(count)
    rise, fall = (min(samples(part), count // 2) for part in (rise_s, fall_s))
    shape[:rise] = 0.5 - 0.5 * np.cos(np.pi * np.arange(rise) / max(rise, 1))
    shape[count - fall :] *= 0.5 + 0.5 * np.cos(np.pi * np.arange(fall) / max(fall, 1))
    return shape


def fade(sound: Sound, in_s: float, out_s: float) -> Sound:
    """The same sound, with a soft start and a soft end."""
    return sound * swelling(sound.shape[-1] / RATE, in_s, out_s)


def curve(seconds: float, *points: tuple[float, float]) -> Sound:
    """A line through (second, value) points, for moving a filter or a level."""
    times, values = zip(*points, strict=True)
    line: Sound = np.interp(moments(seconds), times, values)
    return line
