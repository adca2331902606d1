"""Arithmetic on thousands of samples at once, by C functions of miniaudio that its Python binding does not name.

Samples are 32-bit floats and named by their address in memory.
"""

import ctypes
from ctypes import c_double, c_float, c_int, c_uint32, c_uint64, c_void_p
from typing import Any

import _miniaudio  # type: ignore[import-not-found]

from ..blocks import SAMPLE_BYTES

FORMAT_F32 = 5
BIQUAD_BYTES = 512
# From here on Python adds up: the last folds would cost more than they save.
FOLDED_SAMPLES = 64

_library = ctypes.CDLL(_miniaudio.__file__)


class _BiquadConfig(ctypes.Structure):
    _fields_ = [
        ("format", c_int),
        ("channels", c_uint32),
        *((name, c_double) for name in ("b0", "b1", "b2", "a0", "a1", "a2")),
    ]


def _function(name: str, *arguments: Any, answer: Any = None) -> Any:
    function = getattr(_library, name)
    function.argtypes, function.restype = arguments, answer
    return function


_biquad_init = _function("ma_biquad_init", ctypes.POINTER(_BiquadConfig), c_void_p, c_void_p, answer=c_int)
_biquad_uninit = _function("ma_biquad_uninit", c_void_p, c_void_p)
_biquad_run = _function("ma_biquad_process_pcm_frames", c_void_p, c_void_p, c_void_p, c_uint64, answer=c_int)
_mix = _function("ma_mix_pcm_frames_f32", c_void_p, c_void_p, c_uint64, c_uint32, c_float, answer=c_int)
_gains = _function("ma_copy_and_apply_volume_factor_per_channel_f32", c_void_p, c_void_p, c_uint64, c_uint32, c_void_p)
_clip = _function("ma_clip_samples_f32", c_void_p, c_void_p, c_uint64)


class Biquad:
    """A filter of second order over interleaved channels, b0 to b2 and a1, a2 with a0 = 1; it remembers its past."""

    def __init__(self, channels: int, b: tuple[float, float, float], a: tuple[float, float]) -> None:
        self.state = ctypes.create_string_buffer(BIQUAD_BYTES)
        config = _BiquadConfig(FORMAT_F32, channels, *b, 1.0, *a)
        if _biquad_init(ctypes.byref(config), None, self.state) != 0:
            raise MemoryError("no room for a filter")

    def __del__(self) -> None:
        _biquad_uninit(self.state, None)

    def run(self, into: int, samples: int, frames: int) -> None:
        """Filter the next frames; both addresses may be the same."""
        _biquad_run(self.state, into, samples, frames)


def add(into: int, samples: int, count: int, factor: float = 1.0) -> None:
    """Add samples, each times a factor."""
    _mix(into, samples, count, 1, factor)


def weigh(samples: int, frames: int, channels: int, factors: Any) -> None:
    """Multiply each channel by a factor of its own."""
    _gains(samples, samples, frames, channels, ctypes.addressof(factors))


def energy(samples: int, count: int) -> float:
    """Sum up the squares of samples, which are lost by it."""
    # One frame of `count` channels, each multiplied by its own gain: itself.
    _gains(samples, samples, 1, count, samples)
    while count > FOLDED_SAMPLES:
        half = count // 2
        add(samples, samples + (count - half) * SAMPLE_BYTES, half)
        count -= half
    return sum((c_float * count).from_address(samples))


def clip(into: int, samples: int, count: int) -> None:
    """Copy samples, those beyond 1 and −1 as 1 and −1."""
    _clip(into, samples, count)
