"""Files for the tests of media: our own samples, and files made on the spot."""

import json
import math
import subprocess
import sys
import wave
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest

from plugins.catalog.media import safely
from plugins.catalog.media.answers import Answer
from plugins.catalog.media.isolation import answering, ask_child

SAMPLES = Path(__file__).with_name("samples")
RATE = 8_000


def written_wav(path: Path, loudness: Callable[[float], float], duration_s: float = 2.0) -> Path:
    """Write a mono tone of 400 Hz whose loudness (0 to 1) depends on how far the song has gone (0 to 1)."""
    frames = int(duration_s * RATE)
    tone = (32_000 * loudness(n / frames) * math.sin(2 * math.pi * 400 * n / RATE) for n in range(frames))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(array("h", map(int, tone)).tobytes())
    return path


@pytest.fixture(autouse=True)
def a_child_for_each_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here the children themselves are tried; elsewhere one answer does for all who ask the same."""
    monkeypatch.setattr(safely, "ask_child", ask_child)


@pytest.fixture
def chord() -> Path:
    """A tagged MP3 of two seconds, with a cover, fading in."""
    return SAMPLES / "chord.mp3"


@pytest.fixture
def beeps() -> Path:
    """An MP3 without tags: a quarter second of beep and of silence in turn."""
    return SAMPLES / "beeps.mp3"


@pytest.fixture
def make_wav(tmp_path: Path) -> Callable[..., Path]:
    """Write WAV files of a given loudness."""
    return lambda name, loudness, **options: written_wav(tmp_path / name, loudness, **options)


@pytest.fixture
def make_file(tmp_path: Path) -> Callable[[str, bytes], Path]:
    """Write a file of these bytes."""

    def make(name: str, content: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return make


MEASURED = """
import json, resource, subprocess, sys
path, *child = sys.argv[1:]
ended = subprocess.run(child, input=json.dumps([[path, "file"]]), stdout=subprocess.PIPE, text=True, check=True)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([json.loads(ended.stdout), peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)]))
"""


@pytest.fixture
def answer_and_peak_mb() -> Callable[[str, Path], tuple[Answer, float]]:
    """Let the child answer for a file when no limit stops it, and measure the most memory that it takes."""

    def measured(verb: str, path: Path) -> tuple[Answer, float]:
        # A process of its own starts the child, since a child is charged with what its starter held.
        command = [sys.executable, "-I", "-c", MEASURED, str(path), *answering(verb, 2000, 60)]
        answer, peak_mb = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
        return answer, peak_mb

    return measured
