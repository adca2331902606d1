"""A backup as a file: a tar whose members are written once, summed up as they go by, and listed at the end."""

import hashlib
import io
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from musicapp.backup.manifest import MANIFEST, SUMS, Manifest, sums_to_bytes
from musicapp.backup.problems import BackupFailed, NotWhole
from musicapp.storage.store import CHUNK_BYTES

Progress = Callable[[int, int], object]
"""Told how much is done, of how much."""
ONLY_OURS = 0o600
QUICK = 1  # music does not get smaller by trying harder


class Summed(io.RawIOBase):
    """A stream that sums up what is read from it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.digest = hashlib.sha256()
        self.size_bytes = 0

    def read(self, size: int = -1, /) -> bytes:
        chunk = self.stream.read(size)
        self.digest.update(chunk)
        self.size_bytes += len(chunk)
        return chunk


class Archive:
    """A tar that is being written; a member is there whole, or the archive is of no use."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar = tar
        self.sums: dict[str, str] = {}

    def add_file(self, name: str, path: Path) -> int:
        """Add a file of this machine; its size in bytes. FileNotFoundError when it is gone, and nothing was added."""
        with path.open("rb") as file:
            state = os.fstat(file.fileno())
            try:
                self._add(name, file, state.st_size, int(state.st_mtime))
            except OSError as error:
                if error.errno is None:  # tarfile says so of a file that ends before its size
                    raise BackupFailed(f"{path} became shorter while it was copied. Make the backup again.") from error
                raise
        return state.st_size

    def add_bytes(self, name: str, content: bytes, mtime_s: int) -> None:
        self._add(name, io.BytesIO(content), len(content), mtime_s)

    def close_with(self, manifest: Manifest) -> None:
        """Add what the backup says of itself, then the sums of all."""
        mtime_s = int(manifest.moment.timestamp())
        self.add_bytes(MANIFEST, manifest.to_bytes(), mtime_s)
        self.add_bytes(SUMS, sums_to_bytes(self.sums), mtime_s)

    def _add(self, name: str, stream: BinaryIO, size_bytes: int, mtime_s: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mtime, member.mode = size_bytes, mtime_s, ONLY_OURS
        summed = Summed(stream)
        self.tar.addfile(member, summed)
        self.sums[name] = summed.digest.hexdigest()


@contextmanager
def written(path: Path) -> Iterator[Archive]:
    """An archive at `path`, readable by its owner only and on disk when this ends; compressed when a .gz is in its
    name."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_OURS)
    with os.fdopen(descriptor, "wb") as file:
        with ExitStack() as stack:
            if {".gz", ".tgz"} & set(path.suffixes):
                tar = stack.enter_context(tarfile.open(fileobj=file, mode="w:gz", compresslevel=QUICK))
            else:
                tar = stack.enter_context(tarfile.open(fileobj=file, mode="w"))
            yield Archive(tar)
        file.flush()
        os.fsync(file.fileno())


def members(path: Path) -> Iterator[tuple[str, Summed]]:
    """The members of a backup in their order, each to be read at once, inside `reading`."""
    with tarfile.open(path) as tar:
        for member in tar:
            stream = tar.extractfile(member) if member.isreg() and is_harmless(member.name) else None
            if stream is None:
                raise NotWhole(f"{path.name} holds “{member.name}”, which no backup of musicapp does.")
            yield member.name, Summed(stream)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Tell what goes wrong while a backup is read as one sentence: NotWhole."""
    try:
        yield
    except (tarfile.TarError, zlib.error, EOFError, OSError) as error:
        raise NotWhole(f"{path.name} cannot be read as a backup ({error}). Take another one.") from error


def is_harmless(name: str) -> bool:
    """Whether a member stays below the folder in which it is unpacked."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not name.startswith("/") and ".." not in parts


def drained(stream: Summed, into: BinaryIO | None = None) -> str:
    """Read a member to its end, into a file where one is given; its sum."""
    while chunk := stream.read(CHUNK_BYTES):
        if into is not None:
            into.write(chunk)
    return stream.digest.hexdigest()
