"""The file of an upload: as large as the site takes, music by its content, and stored."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, Protocol

from musicapp.errors import TooLarge, WrongKind
from musicapp.storage import StoredFile, media_store
from plugins.catalog.media import AudioKind, Unreadable, recognise
from plugins.catalog.services.ffmpeg import may_use_ffmpeg
from plugins.catalog.services.limits import MB, limits
from plugins.catalog.services.words import line_of

FILE_NAME_LIMIT = 255


class Upload(Protocol):
    """A file as it arrives: its bytes, to be read once, and what its sender calls it."""

    @property
    def stream(self) -> IO[bytes]: ...

    @property
    def filename(self) -> str | None: ...


def name_of(file_name: str | None) -> str:
    """What the site calls a file: the words of its sender on one clean line."""
    return line_of(file_name, FILE_NAME_LIMIT) or "untitled"


def keep_file(upload: Upload, name: str) -> tuple[AudioKind, StoredFile]:
    """Store a file when its content is music that the site takes."""
    size_bytes = upload.stream.seek(0, os.SEEK_END)
    upload.stream.seek(0)
    refuse_large(size_bytes, name)
    found: list[AudioKind] = []
    file = media_store().save(upload.stream, kind="audio", suffix="", check=recognition(name, found.append))
    return found[0], file


def refuse_large(size_bytes: int, name: str) -> None:
    """Raise TooLarge for a file that is longer than the site takes."""
    if size_bytes > limits().upload_mb * MB:
        sentence = f"“{name}” is larger than {limits().upload_mb} MB. Nothing was kept."
        raise TooLarge(sentence, {"audio": [sentence]})


def recognition(name: str, tell: Callable[[AudioKind], object]) -> Callable[[Path], None]:
    """A check for the store: tells the kind of the music in a file, or raises WrongKind."""

    def check(path: Path) -> None:
        try:
            tell(recognise(path, name, has_ffmpeg=may_use_ffmpeg()))
        except Unreadable as refused:
            sentence = f"{refused.sentence} Nothing was kept."
            raise WrongKind(sentence, {"audio": [sentence]}) from None

    return check


def kinds_in_words() -> str:
    """The kinds of files that the site takes, as its pages name them: “MP3, FLAC, Ogg Vorbis or WAV”."""
    has_ffmpeg = may_use_ffmpeg()
    *most, last = [kind.title for kind in AudioKind if has_ffmpeg or not kind.needs_ffmpeg]
    return f"{', '.join(most)} or {last}"
