"""How long a song lasts and what it looks like, found by decoding all of it once."""

import os
from dataclasses import dataclass
from pathlib import Path

from .decoding import Undecodable, decoding
from .envelope import BINS, Envelope
from .kinds import AudioKind
from .opening import open_regular
from .refusals import Unreadable, shown
from .sniffing import recognise, sound_start

SHORTEST_S = 0.5


@dataclass(frozen=True)
class Sound:
    """What a song sounds like in numbers."""

    duration_s: float
    bitrate_kbps: int
    sample_rate: int
    channels: int
    codec: str
    mime: str


@dataclass(frozen=True)
class Examined:
    """A song that can be played: its numbers, and its peaks (one byte a bin, 0 to 255)."""

    sound: Sound
    peaks: bytes


def examine(path: str | os.PathLike[str], name: str | None = None, bins: int = BINS) -> Examined:
    """Decode a song once and return its sound and peaks; raise `Unreadable` with a sentence for the artist.

    `name` is what the artist calls the file. Damage in the middle is passed over, as players do.
    """
    path = Path(path)
    called = shown(name or path.name)
    kind = recognise(path, name)
    envelope, samples = Envelope(), 0
    try:
        with decoding(path, kind) as song:
            for block in song.blocks():
                samples += len(block)
                envelope.add(block)
    except Undecodable:
        raise Unreadable(
            f"{called} begins like {kind.title}, but nothing in it can be played. Export it again and upload it again."
        ) from None
    duration_s = samples / song.channels / song.sample_rate
    if duration_s < SHORTEST_S:
        raise Unreadable(
            f"{called} holds only {duration_s:.1f} seconds of sound: it is damaged or was cut off. "
            "Export it again and upload it again."
        )
    return Examined(_sound(path, kind, duration_s, song.sample_rate, song.channels), envelope.peaks(bins))


def measure(path: str | os.PathLike[str], name: str | None = None) -> Sound:
    """Return a song's sound alone; as `examine` otherwise."""
    return examine(path, name).sound


def peaks(path: str | os.PathLike[str], bins: int = BINS) -> bytes:
    """Return a song's peaks alone; as `examine` otherwise."""
    return examine(path, bins=bins).peaks


def _sound(path: Path, kind: AudioKind, duration_s: float, sample_rate: int, channels: int) -> Sound:
    bitrate_kbps = round(_sound_bytes(path) * 8 / duration_s / 1000)
    return Sound(round(duration_s, 3), bitrate_kbps, sample_rate, channels, kind.codec, kind.mime)


def _sound_bytes(path: Path) -> int:
    file = open_regular(path)
    if file is None:
        return 0
    with file:
        start = sound_start(file)
        return max(0, file.seek(0, os.SEEK_END) - start)
