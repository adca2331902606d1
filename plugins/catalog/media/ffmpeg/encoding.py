"""Making a version of a song: the same sound in a format that every browser plays, at a chosen bitrate."""

import subprocess
from pathlib import Path
from typing import Literal

from ..refusals import Unreadable, shown
from ..sniffing import recognise
from .command import reading

VersionFormat = Literal["opus", "mp3"]
ENCODERS: dict[VersionFormat, tuple[str, ...]] = {
    "opus": ("-c:a", "libopus", "-vbr", "on", "-f", "ogg"),
    "mp3": ("-c:a", "libmp3lame", "-f", "mp3", "-id3v2_version", "0"),
}
MIMES: dict[VersionFormat, str] = {"opus": "audio/ogg", "mp3": "audio/mpeg"}
SPEAKERS = "aformat=channel_layouts=mono|stereo"
COMPLAINT_LIMIT = 500


def encode(path: str | Path, name: str, *, ffmpeg: str, into: str, format: VersionFormat, kbps: int) -> None:
    """Write the sound of a file into a new one; raise `Unreadable` with ffmpeg's own words when that fails."""
    path = Path(path)
    kind = recognise(path, name)
    sound = ("-af", SPEAKERS, "-b:a", f"{kbps}k")
    command = [*reading(ffmpeg, path, kind), *sound, *ENCODERS[format], "-bitexact", f"file:{into}"]
    ended = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True)
    if ended.returncode != 0 or not Path(into).is_file() or Path(into).stat().st_size == 0:
        complaint = ended.stderr[-COMPLAINT_LIMIT:].decode(errors="replace").strip()
        raise Unreadable(f"{shown(name)} could not be made into {format}: {complaint or 'ffmpeg broke off'}.")
