"""The same verbs, done in a child process that cannot harm the one that asks: what workers call."""

import os
import tempfile
from pathlib import Path
from typing import Any

from .answers import Answer, to_bytes
from .ffmpeg.encoding import VersionFormat
from .isolation import ask_child
from .pictures import Cover
from .refusals import PictureRefused, Refused, Unreadable
from .sniffing import recognise
from .sound import Examined, Sound
from .tags import Tags

# Three hours of FLAC at 96 kHz take three minutes.
SOUND_TIME_S = 240
SOUND_MEMORY_MB = 512
PICTURE_TIME_S = 20
# The whole child, interpreter and libraries, stays under 150 MB.
PICTURE_MEMORY_MB = 136
TAGS_TIME_S = 20
TAGS_MEMORY_MB = 256
ENCODING_TIME_S = 1800
ENCODING_MEMORY_MB = 512
ENCODED_MB = 1024


def examine_safely(
    path: str | os.PathLike[str],
    name: str | None = None,
    *,
    ffmpeg: str | None = None,
    longest_s: float | None = None,
    time_limit_s: float = SOUND_TIME_S,
    memory_mb: int = SOUND_MEMORY_MB,
) -> Examined:
    """Do what `examine` does, in a child; a crash or time-out of the child is `Unreadable` too."""
    path = Path(path)
    recognise(path, name, has_ffmpeg=ffmpeg is not None)
    wishes = {"ffmpeg": ffmpeg, "longest_s": longest_s}
    result = _result("examine", path, name, Unreadable, time_limit_s, memory_mb, **wishes)
    return Examined(Sound(**result["sound"]), to_bytes(result["peaks"]) or b"")


def make_cover_safely(
    source: bytes | str | os.PathLike[str],
    *,
    time_limit_s: float = PICTURE_TIME_S,
    memory_mb: int = PICTURE_MEMORY_MB,
) -> Cover:
    """Do what `make_cover` does, in a child; a crash or time-out of the child is `PictureRefused` too."""
    if isinstance(source, bytes):
        with tempfile.NamedTemporaryFile(prefix="cover-") as file:
            file.write(source)
            file.flush()
            return make_cover_safely(file.name, time_limit_s=time_limit_s, memory_mb=memory_mb)
    result = _result("cover", Path(source), None, PictureRefused, time_limit_s, memory_mb)
    return Cover({int(side): to_bytes(webp) or b"" for side, webp in result["sizes"].items()}, result["tint"])


def read_tags_safely(
    path: str | os.PathLike[str], *, time_limit_s: float = TAGS_TIME_S, memory_mb: int = TAGS_MEMORY_MB
) -> Tags:
    """Do what `read_tags` does, in a child: a file made to keep the reader busy gives no tags."""
    try:
        result = _result("tags", Path(path), None, Unreadable, time_limit_s, memory_mb)
    except Unreadable:
        return Tags()
    return Tags(**{**result, "picture": to_bytes(result["picture"])})


def encode_safely(
    path: str | os.PathLike[str],
    into: str | os.PathLike[str],
    *,
    ffmpeg: str,
    format: VersionFormat,
    kbps: int,
    name: str | None = None,
    time_limit_s: float = ENCODING_TIME_S,
) -> None:
    """Write a song's sound into a new file of another format, in a child; raise `Unreadable` when that fails."""
    wishes = {"ffmpeg": ffmpeg, "into": os.path.abspath(into), "format": format, "kbps": kbps}
    _result("encode", Path(path), name, Unreadable, time_limit_s, ENCODING_MEMORY_MB, file_mb=ENCODED_MB, **wishes)


def _result(
    verb: str,
    path: Path,
    name: str | None,
    refusal: type[Refused],
    time_limit_s: float,
    memory_mb: int,
    **more: Any,
) -> Answer:
    files = [(path, name or path.name)]
    answers, died = ask_child(verb, files, time_limit_s=time_limit_s, memory_mb=memory_mb, **more)
    if not answers:
        raise refusal(died)
    if "refused" in answers[0]:
        raise refusal(answers[0]["refused"])
    result: Answer = answers[0]["result"]
    return result
