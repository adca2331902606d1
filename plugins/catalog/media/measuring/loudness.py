"""How loud a song is, as EBU R128 measures programmes: ITU-R BS.1770 with gates."""

from ctypes import addressof, c_float
from math import log10, pi, sqrt, tan

from ..blocks import Block, frames_of_block, room_for
from .arithmetic import Biquad, energy, weigh

OFFSET_LUFS = -0.691
ABSOLUTE_GATE_LUFS = -70.0
RELATIVE_GATE_LU = -10.0
STEPS_A_WINDOW = 4
# Loudspeakers behind the listener count 1.5 dB more, that for low effects does not count.
BEHIND = sqrt(1.41)
WEIGHTS = {5: (1.0, 1.0, 1.0, BEHIND, BEHIND), 6: (1.0, 1.0, 1.0, 0.0, BEHIND, BEHIND)}


class Loudness:
    """The weighted energy of each tenth of a second of a song, gathered while it is decoded."""

    def __init__(self, channels: int, sample_rate: int) -> None:
        self.channels = channels
        self.frames = frames_of_block(sample_rate)
        self.weighted = room_for(self.frames, channels)
        self.filters = (_shelf(channels, sample_rate), _high_pass(channels, sample_rate))
        weights = WEIGHTS.get(channels)
        self.weights = (c_float * channels)(*weights) if weights else None
        self.steps: list[float] = []

    def add(self, block: Block) -> float:
        """Take in the next tenth of a second and return its energy; it is not finite where samples are not."""
        weighted, samples = addressof(self.weighted), block.address
        for a_filter in self.filters:
            a_filter.run(weighted, samples, block.frames)
            samples = weighted
        if self.weights is not None:
            weigh(weighted, block.frames, self.channels, self.weights)
        step = energy(weighted, block.count) / self.frames
        if block.frames == self.frames:
            self.steps.append(step)
        return step

    def lufs(self) -> float | None:
        """Return the integrated loudness of what was heard, None for silence and for less than 0.4 seconds.

        A single channel counts twice, since two loudspeakers play it.
        """
        speakers = 2 if self.channels == 1 else 1
        steps = [step * speakers for step in self.steps]
        windows = [sum(steps[at : at + STEPS_A_WINDOW]) for at in range(len(steps) - STEPS_A_WINDOW + 1)]
        heard = _above(ABSOLUTE_GATE_LUFS, [window / STEPS_A_WINDOW for window in windows])
        if not heard:
            return None
        return _lufs(_mean(_above(_lufs(_mean(heard)) + RELATIVE_GATE_LU, heard)))


def _above(gate_lufs: float, energies: list[float]) -> list[float]:
    gate = 10 ** ((gate_lufs - OFFSET_LUFS) / 10)
    return [energy for energy in energies if energy > gate]


def _mean(energies: list[float]) -> float:
    return sum(energies) / len(energies)


def _lufs(energy: float) -> float:
    return OFFSET_LUFS + 10 * log10(energy)


# The standard lists the coefficients of both filters at 48 kHz; these are the analogue ones behind them, for any rate.
def _shelf(channels: int, sample_rate: int) -> Biquad:
    """Lift what the head reflects: about 4 dB above 2 kHz."""
    frequency_hz, gain_db, q = 1681.974450955533, 3.999843853973347, 0.7071752369554196
    k = tan(pi * min(frequency_hz / sample_rate, 0.45))
    high = 10 ** (gain_db / 20)
    band = high**0.4996667741545416
    scale = 1 + k / q + k * k
    b = ((high + band * k / q + k * k) / scale, 2 * (k * k - high) / scale, (high - band * k / q + k * k) / scale)
    return Biquad(channels, b, (2 * (k * k - 1) / scale, (1 - k / q + k * k) / scale))


def _high_pass(channels: int, sample_rate: int) -> Biquad:
    """Leave out what is felt more than heard, below 38 Hz."""
    frequency_hz, q = 38.13547087602444, 0.5003270373238773
    k = tan(pi * frequency_hz / sample_rate)
    scale = 1 + k / q + k * k
    return Biquad(channels, (1.0, -2.0, 1.0), (2 * (k * k - 1) / scale, (1 - k / q + k * k) / scale))
