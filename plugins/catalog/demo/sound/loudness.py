"""Loudness as broadcasters measure it (ITU-R BS.1770-4), and the limiter that keeps peaks below full scale."""

import numpy as np

from . import RATE, Sound, samples
from .filters import through

SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
RUMBLE = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
CEILING = 10 ** (-2.0 / 20)
"""The highest sample, 2 dB under full scale: the MP3 encoder moves peaks a little."""


def lufs(sound: Sound) -> float:
    """The integrated loudness of a stereo sound: gated mean over blocks of 0.4 s."""
    weighted = through(through(sound, lambda f: _biquad(SHELF, f)), lambda f: _biquad(RUMBLE, f))
    hop = samples(0.1)
    tenths = np.sum(weighted**2, axis=0)[: sound.shape[1] // hop * hop].reshape(-1, hop).mean(axis=1)
    blocks = np.convolve(tenths, np.full(4, 0.25), "valid")
    heard = blocks[_level(blocks) > -70]
    heard = heard[_level(heard) > _level(heard.mean()) - 10]
    return float(_level(heard.mean()))


def limited(sound: Sound) -> Sound:
    """The sound with every peak under the ceiling, turned down smoothly around each one."""
    hop = 64
    count = -(-sound.shape[1] // hop)
    padded = np.zeros(count * hop)
    padded[: sound.shape[1]] = np.abs(sound).max(axis=0)
    wanted = np.minimum(1, CEILING / np.maximum(padded.reshape(-1, hop).max(axis=1), 1e-9))
    reach = 12
    edged = np.pad(wanted, 2 * reach, mode="edge")
    lowest = np.lib.stride_tricks.sliding_window_view(edged, 2 * reach + 1).min(axis=1)
    window = np.hanning(2 * reach + 1)
    gain = np.convolve(lowest, window / window.sum(), "valid")
    return sound * np.interp(np.arange(sound.shape[1]), (np.arange(count) + 0.5) * hop, gain)


def at_loudness(sound: Sound, target_lufs: float) -> Sound:
    """The sound turned up or down to this loudness and limited."""
    for _ in range(2):
        sound = limited(sound * 10 ** ((target_lufs - lufs(sound)) / 20))
    return sound


def _level(power: Sound | float) -> Sound:
    """Mean power as loudness in LUFS."""
    return -0.691 + 10 * np.log10(np.maximum(power, 1e-12))


def _biquad(coefficients: tuple[tuple[float, ...], tuple[float, ...]], hz: Sound) -> Sound:
    """The response of the standard's filters, which it gives for 48 kHz."""
    above, below = coefficients
    turn = np.exp(-2j * np.pi * np.minimum(hz, RATE / 2) / 48_000)
    response: Sound = np.abs(np.polyval(above[::-1], turn) / np.polyval(below[::-1], turn))
    return response
