"""What a song sounds like in numbers, found by decoding all of it once."""

import os
from dataclasses import dataclass
from hashlib import sha256
from math import floor, isfinite
from pathlib import Path

from .decoding import decoding
from .kinds import AudioKind
from .measuring.envelope import BINS, Envelope
from .measuring.loudness import Loudness
from .measuring.peak import TruePeak
from .opening import open_regular
from .refusals import Undecodable, Unreadable, shown
from .sniffing import recognise, sound_start

SHORTEST_S = 0.5


@dataclass(frozen=True)
class Sound:
    """What a song sounds like in numbers.

    `loudness_lufs` is None for silence. `sound_sha256` is the same for files that differ in their tags alone, and for
    all lossless files of one recording.
    """

    duration_s: float
    bitrate_kbps: int
    sample_rate: int
    channels: int
    codec: str
    mime: str
    loudness_lufs: float | None
    true_peak_dbtp: float | None
    sound_sha256: str


@dataclass(frozen=True)
class Examined:
    """A song that can be played: its numbers, and its peaks (one byte a bin, 0 to 255)."""

    sound: Sound
    peaks: bytes


class Hearing:
    """All that is gathered of a song while it is decoded."""

    def __init__(self, channels: int, sample_rate: int) -> None:
        self.channels, self.sample_rate, self.frames = channels, sample_rate, 0
        self.envelope = Envelope()
        self.loudness = Loudness(channels, sample_rate)
        self.peak = TruePeak(channels, sample_rate)
        self.digest = sha256(f"{sample_rate} Hz, {channels} channels\n".encode())

    @property
    def duration_s(self) -> float:
        """Say how much was heard."""
        return self.frames / self.sample_rate


def examine(
    path: str | os.PathLike[str],
    name: str | None = None,
    bins: int = BINS,
    *,
    ffmpeg: str | None = None,
    longest_s: float | None = None,
) -> Examined:
    """Decode a song once and return its sound and peaks; raise `Unreadable` with a sentence for the artist.

    `name` is what the artist calls the file, `ffmpeg` the program for kinds that take it. Damage in the middle is
    passed over, as players do.
    """
    path = Path(path)
    called = shown(name or path.name)
    kind = recognise(path, name, has_ffmpeg=ffmpeg is not None)
    try:
        heard = _heard(path, kind, called, ffmpeg, longest_s)
    except Undecodable:
        raise Unreadable(
            f"{called} begins like {kind.title}, but nothing in it can be played. Export it again and upload it again."
        ) from None
    if heard.duration_s < SHORTEST_S:
        raise Unreadable(
            f"{called} holds only {floor(heard.duration_s * 10) / 10} seconds of sound: it is damaged or was cut off. "
            "Export it again and upload it again."
        )
    return Examined(_sound(path, kind, heard), heard.envelope.peaks(bins))


def measure(path: str | os.PathLike[str], name: str | None = None, *, ffmpeg: str | None = None) -> Sound:
    """Return a song's sound alone; as `examine` otherwise."""
    return examine(path, name, ffmpeg=ffmpeg).sound


def peaks(path: str | os.PathLike[str], bins: int = BINS) -> bytes:
    """Return a song's peaks alone; as `examine` otherwise."""
    return examine(path, bins=bins).peaks


def _heard(path: Path, kind: AudioKind, called: str, ffmpeg: str | None, longest_s: float | None) -> Hearing:
    with decoding(path, kind, ffmpeg) as song:
        heard = Hearing(song.channels, song.sample_rate)
        for block in song.blocks():
            if not isfinite(heard.loudness.add(block)):
                raise Unreadable(
                    f"{called} holds numbers that are no sound. Export it again, with samples of 16 or 24 bits."
                )
            heard.digest.update(block.octets)
            heard.envelope.add(block.octets.cast("f"))
            heard.peak.add(block)
            heard.frames += block.frames
            if longest_s is not None and heard.duration_s > longest_s:
                raise Unreadable(f"{called} is too long: the site takes songs of up to {longest_s / 60:.0f} minutes.")
    return heard


def _sound(path: Path, kind: AudioKind, heard: Hearing) -> Sound:
    loudness, peak = heard.loudness.lufs(), heard.peak.dbtp()
    return Sound(
        duration_s=round(heard.duration_s, 3),
        bitrate_kbps=round(_sound_bytes(path) * 8 / heard.duration_s / 1000),
        sample_rate=heard.sample_rate,
        channels=heard.channels,
        codec=kind.codec,
        mime=kind.mime,
        loudness_lufs=None if loudness is None else round(loudness, 2),
        true_peak_dbtp=None if peak is None else round(peak, 2),
        sound_sha256=heard.digest.hexdigest(),
    )


def _sound_bytes(path: Path) -> int:
    file = open_regular(path)
    if file is None:
        return 0
    with file:
        start = sound_start(file)
        return max(0, file.seek(0, os.SEEK_END) - start)
