"""A ZIP that is made as it is read, so that it takes no more memory or disk however much goes into it."""

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from plugins.auth.services.points import Content

PACKED_ALREADY = (".flac", ".jpg", ".m4a", ".mp3", ".ogg", ".opus", ".png", ".webp")
CHUNK_BYTES = 1 << 18
MODE = 0o600 << 16


class Sink(io.RawIOBase):
    """Where the ZIP is written to: what was written is taken out again before more is."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: Any, /) -> int:
        self.written += piece
        return len(piece)

    def take(self) -> bytes:
        taken = bytes(self.written)
        self.written.clear()
        return taken


class ZipStream:
    """A ZIP of these files, open to be read once; `files_count` and `bytes_count` say how much is in it so far."""

    def __init__(self, files: Iterable[tuple[str, Content]], at: datetime) -> None:
        self.files = files
        self.moment = (at.year, at.month, at.day, at.hour, at.minute, at.second)
        self.files_count = 0
        self.bytes_count = 0
        self.made = b""
        self.pieces = self.zipped()

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes, b"" at the end; all of them without a size."""
        parts = [self.made]
        count = len(self.made)
        while size < 0 or count < size:
            piece = next(self.pieces, None)
            if piece is None:
                break
            parts.append(piece)
            count += len(piece)
        made = b"".join(parts)
        wanted = len(made) if size < 0 else size
        self.made = made[wanted:]
        return made[:wanted]

    def zipped(self) -> Iterator[bytes]:
        sink = Sink()
        with ZipFile(sink, "w") as archive:
            for name, content in self.files:
                with archive.open(self.head_of(name, archive), "w", force_zip64=True) as entry:
                    for piece in pieces_of(content):
                        entry.write(piece)
                        self.bytes_count += len(piece)
                        yield sink.take()
                self.files_count += 1
                yield sink.take()
        yield sink.take()

    def head_of(self, name: str, archive: ZipFile) -> ZipInfo:
        """What stands before a file. Raises ValueError for a name that leads out of the ZIP or is there already."""
        path = PurePosixPath(name)
        if path.is_absolute() or not path.name or ".." in path.parts or str(path) != name:
            raise ValueError(f"{name!r} cannot be the name of a file in a ZIP.")
        if name in archive.NameToInfo:
            raise ValueError(f"{name!r} is in the ZIP already.")
        head = ZipInfo(name, self.moment)
        head.compress_type = ZIP_STORED if path.suffix.lower() in PACKED_ALREADY else ZIP_DEFLATED
        head.external_attr = MODE
        return head


def pieces_of(content: Content) -> Iterator[bytes]:
    """What a file holds, piece by piece."""
    if isinstance(content, str):
        yield content.encode()
    elif isinstance(content, bytes):
        yield content
    elif isinstance(content, Path):
        with content.open("rb") as file:
            while piece := file.read(CHUNK_BYTES):
                yield piece
    else:
        yield from content
