"""What a file is, by its content and never by its name."""

import os
from pathlib import Path
from typing import BinaryIO

from .containers import mp4_kind, ogg_kind
from .foreign import foreign_name, is_text, sound_name
from .kinds import AudioKind
from .mpeg import first_frame, id3_bytes
from .opening import open_regular
from .refusals import Unreadable, shown

HEAD_BYTES = 4096
JUNK_LIMIT_BYTES = 128 << 10
TAGS_IN_A_ROW = 4


def sniff(path: str | os.PathLike[str]) -> AudioKind | None:
    """Name the kind of music a file holds; None when it holds none that is known."""
    file = open_regular(Path(path))
    if file is None:
        return None
    with file:
        return _kind_of(file)


def what_is_it(path: str | os.PathLike[str]) -> str:
    """Name a file as a person would: “a JPEG picture”, “an empty file”, “an MP3 file”."""
    path = Path(path)
    file = open_regular(path)
    if file is None:
        return _name_of_what_is_no_file(path)
    with file:
        kind = _kind_of(file)
        if kind:
            return f"{'an' if kind.title[0] in 'AFMO' else 'a'} {kind.title} file"
        return _name_without_music(file)


def recognise(path: str | os.PathLike[str], name: str | None = None, *, has_ffmpeg: bool = True) -> AudioKind:
    """Return the kind of a file that can be read, or raise `Unreadable` with what it is instead.

    `name` is what the artist calls the file, for the sentence; without ffmpeg fewer kinds can be read.
    """
    path = Path(path)
    kind = sniff(path)
    if kind and (has_ffmpeg or not kind.needs_ffmpeg):
        return kind
    called, described = shown(name or path.name), what_is_it(path)
    if kind or _is_other_sound(path):
        *most, last = [known.title for known in AudioKind if has_ffmpeg or not known.needs_ffmpeg]
        readable = f"{', '.join(most)} and {last}"
        why = " The site’s owner can install ffmpeg for it." if kind else ""
        raise Unreadable(f"{called} is {described}; this site takes {readable}. Convert it and upload it again.{why}")
    raise Unreadable(f"{called} is {described}, not music.")


def sound_start(file: BinaryIO) -> int:
    """Return where the sound begins after the ID3v2 tags at the front of a file, in bytes."""
    start = 0
    for _ in range(TAGS_IN_A_ROW):
        file.seek(start)
        size = id3_bytes(file.read(10))
        if size == 0:
            break
        start += size
    return start


def _kind_of(file: BinaryIO) -> AudioKind | None:
    start = sound_start(file)
    file.seek(start)
    head = file.read(HEAD_BYTES)
    if head.startswith(b"fLaC"):
        return AudioKind.FLAC
    if head.startswith((b"RIFF", b"RF64")) and head[8:12] == b"WAVE":
        return AudioKind.WAV
    if head.startswith(b"FORM") and head[8:12] in (b"AIFF", b"AIFC"):
        return AudioKind.AIFF
    if head.startswith(b"OggS"):
        return ogg_kind(head)
    if head[4:8] == b"ftyp":
        return mp4_kind(file)
    if foreign_name(head) or sound_name(head):
        return None
    file.seek(start)
    return AudioKind.MP3 if first_frame(file.read(JUNK_LIMIT_BYTES)) is not None else None


def _name_without_music(file: BinaryIO) -> str:
    file.seek(0)
    head = file.read(HEAD_BYTES)
    if not head:
        return "an empty file"
    known = foreign_name(head) or sound_name(head)
    if known:
        return known
    if head.startswith(b"ID3"):
        return "an MP3 tag without any sound behind it"
    if is_text(head):
        return "a text file"
    return "a file of an unknown kind" if head.strip(b"\0") else "a file of zeros"


def _is_other_sound(path: Path) -> bool:
    file = open_regular(path)
    if file is None:
        return False
    with file:
        return sound_name(file.read(HEAD_BYTES)) is not None


def _name_of_what_is_no_file(path: Path) -> str:
    try:
        if path.is_dir():
            return "a folder"
        return "a device or pipe" if path.exists() else "missing"
    except (OSError, ValueError):
        return "missing"
