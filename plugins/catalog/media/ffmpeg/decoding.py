"""Decoding by ffmpeg: its samples arrive through a pipe, under the limits of the process that reads them."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ..blocks import CHANNELS, SAMPLE_BYTES, SAMPLE_RATES, Block, frames_of_block, room_for
from ..kinds import AudioKind
from ..refusals import Undecodable
from .command import reading

CHUNKS_LIMIT = 20
CHUNK_LIMIT_BYTES = 4096


@dataclass(frozen=True)
class PipedDecoding:
    """An open song, as `Decoding`; its samples come from a pipe."""

    channels: int
    sample_rate: int
    pipe: IO[bytes]

    def blocks(self) -> Iterator[Block]:
        """Give the samples in blocks of a tenth of a second, until the end or damage that cannot be passed."""
        samples = room_for(frames_of_block(self.sample_rate), self.channels)
        octets = memoryview(samples).cast("B")
        while size_bytes := self.pipe.readinto(octets):  # type: ignore[attr-defined]
            yield Block(samples, size_bytes // SAMPLE_BYTES // self.channels, self.channels)


@contextmanager
def ffmpeg_decoding(path: Path, kind: AudioKind, ffmpeg: str | None) -> Iterator[PipedDecoding]:
    """Open a song for decoding by the program `ffmpeg`; raise `Undecodable` when it finds no sound."""
    if ffmpeg is None:
        raise Undecodable
    command = [*reading(ffmpeg, path, kind), "-c:a", "pcm_f32le", "-f", "wav", "pipe:1"]
    program = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert program.stdout is not None
    try:
        channels, sample_rate = _described(program.stdout)
        yield PipedDecoding(channels, sample_rate, program.stdout)
    finally:
        program.kill()
        program.stdout.close()
        program.wait()


def _described(pipe: IO[bytes]) -> tuple[int, int]:
    """Read the head of the WAV that ffmpeg writes, up to its samples; return channels and sample rate."""
    form = b""
    if pipe.read(12)[:4] != b"RIFF":
        raise Undecodable
    for _ in range(CHUNKS_LIMIT):
        head = pipe.read(8)
        size_bytes = int.from_bytes(head[4:], "little")
        if head[:4] == b"data" and len(form) >= 8:
            channels, sample_rate = int.from_bytes(form[2:4], "little"), int.from_bytes(form[4:8], "little")
            if channels in CHANNELS and sample_rate in SAMPLE_RATES:
                return channels, sample_rate
        if len(head) < 8 or size_bytes > CHUNK_LIMIT_BYTES:
            break
        body = pipe.read(size_bytes)
        form = body if head[:4] == b"fmt " else form
    raise Undecodable
