"""How long a music file lasts by what it says itself: quick, and near enough until it is decoded."""

import math
from dataclasses import dataclass
from pathlib import Path

from tinytag import TinyTag

from ..kinds import AudioKind
from ..opening import open_regular
from ..rationing import Rationed

# Headers of frames and pages, read one by one: enough for hours of music, and an end for a file without any.
AT_ONCE_BYTES, IN_ALL_BYTES = 64 << 10, 4 << 20
LONGEST_S = 100 * 60 * 60


@dataclass(frozen=True)
class Length:
    """A file's numbers; None where it does not say."""

    duration_s: float | None = None
    bitrate_kbps: int | None = None
    sample_rate_hz: int | None = None
    channels: int | None = None


def length_of(path: Path, kind: AudioKind) -> Length:
    """Read how long a file of this kind lasts; of a damaged one nothing is known, and nothing is raised."""
    file = open_regular(path)
    if file is None:
        return Length()
    with file:
        try:
            rationed = Rationed(file, AT_ONCE_BYTES, IN_ALL_BYTES)
            read = TinyTag.get(f"song{kind.suffix}", file_obj=rationed, tags=False)  # type: ignore[arg-type]
        except Exception:
            # As with tags: damage takes the reader out of bounds in more ways than can be listed.
            return Length()
    return Length(_seconds(read.duration), _whole(read.bitrate), _whole(read.samplerate), _whole(read.channels))


def _seconds(duration_s: float | None) -> float | None:
    return round(duration_s, 3) if duration_s and 0 < duration_s < LONGEST_S else None


def _whole(number: float | None) -> int | None:
    return round(number) if number and math.isfinite(number) and 0 < number < 1 << 31 else None
