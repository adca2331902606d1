"""Turns sound into MP3 with whichever encoder is there: the package `lameenc`, or `ffmpeg`."""

import shutil
import subprocess

import numpy as np

from .sound import RATE, Sound

KBPS = 96


class NoEncoder(Exception):
    """Nothing on this machine can write an MP3."""


def mp3(sound: Sound) -> bytes:
    """The stereo sound as joint-stereo MPEG frames without any tag; raises NoEncoder."""
    pcm = np.round(np.clip(sound.T, -1, 1) * 32_767).astype("<i2").tobytes()
    try:
        import lameenc
    except ImportError:
        return _by_ffmpeg(pcm)
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(KBPS)
    encoder.set_in_sample_rate(RATE)
    encoder.set_channels(2)
    encoder.set_quality(2)
    return bytes(encoder.encode(pcm)) + bytes(encoder.flush())


def _by_ffmpeg(pcm: bytes) -> bytes:
    program = shutil.which("ffmpeg")
    if program is None:
        raise NoEncoder("No MP3 encoder was found: type `pip install lameenc`, or install ffmpeg.")
    raw = ["-f", "s16le", "-ar", str(RATE), "-ac", "2", "-i", "pipe:0"]
    out = ["-c:a", "libmp3lame", "-b:a", f"{KBPS}k", "-write_xing", "0", "-id3v2_version", "0", "-f", "mp3", "pipe:1"]
    done = subprocess.run([program, "-nostdin", "-v", "error", *raw, *out], input=pcm, capture_output=True, check=True)
    return done.stdout
