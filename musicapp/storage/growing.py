"""A file that arrives in pieces: it grows on disk until it is whole, over broken connections and restarts."""

import errno
import fcntl
import hashlib
import hmac
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from musicapp.errors import Conflict, Refused
from musicapp.storage.store import CHUNK_BYTES, GROWING, PARTS, DiskFull, Readable, StoredFile, sync_folder


class BeingWritten(Conflict):
    """Somebody else writes to this file right now."""

    def __init__(self) -> None:
        super().__init__("This file is being sent from another window right now.")
        self.headers["Retry-After"] = "2"


class Misplaced(Conflict):
    """A piece that does not begin where the file ends."""

    def __init__(self, size_bytes: int) -> None:
        super().__init__(f"{size_bytes} bytes of this file are here; go on behind them.")
        self.size_bytes = size_bytes


class TooLong(Refused):
    """More bytes than the file was said to have."""

    def __init__(self) -> None:
        super().__init__("There is more of this file than was said at its beginning.")


class Damaged(Refused):
    """A piece whose bytes are not those that its sender summed up."""

    status = 460  # what tus 1.0 gives for this

    def __init__(self) -> None:
        super().__init__("This piece was damaged on its way. Send it again.")


@dataclass(frozen=True)
class Checksum:
    """What a piece must sum up to: the name of a hashlib algorithm and its digest."""

    algorithm: str
    digest: bytes


class Growing:
    """One file on its way, entered by whoever writes to it; nobody else can meanwhile.

    `name` is the server's own and names the stored file too, so that what a crash cut off between the last byte and
    the caller's commit is found again. How much is here is always what the disk says.
    """

    def __init__(self, root: Path, name: str, kind: str) -> None:
        self.part = root / PARTS / f"{name}{GROWING}"
        self.key = f"{kind}/{name[:2]}/{name}"
        self.whole = root / self.key

    @property
    def size_bytes(self) -> int:
        """How much of it is here."""
        for path in (self.part, self.whole):
            with suppress(FileNotFoundError):
                return path.stat().st_size
        return 0

    def __enter__(self) -> Self:
        self.part.parent.mkdir(parents=True, exist_ok=True)
        finished = self.whole.exists()
        path = self.whole if finished else self.part
        self.descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | (0 if finished else os.O_CREAT), 0o644)
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._refuse_moved(path)
        except BaseException as error:
            os.close(self.descriptor)
            if isinstance(error, BlockingIOError):
                raise BeingWritten from None
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self.descriptor)

    def append(self, piece: Readable, *, at_bytes: int, whole_bytes: int, checksum: Checksum | None = None) -> None:
        """Add a piece behind what is here, on disk when this returns.

        Raises Misplaced, TooLong for more than `whole_bytes` altogether, Damaged, and DiskFull. Of a refused piece
        nothing stays; of one that breaks off, what came.
        """
        here_bytes = os.fstat(self.descriptor).st_size
        if at_bytes != here_bytes:
            raise Misplaced(here_bytes)
        os.lseek(self.descriptor, at_bytes, os.SEEK_SET)
        try:
            self._write(piece, whole_bytes - at_bytes, checksum)
        except Refused:
            os.ftruncate(self.descriptor, at_bytes)
            raise
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DiskFull from error
            raise
        finally:
            os.fsync(self.descriptor)
        if at_bytes == 0:
            sync_folder(self.part.parent)

    def finish(self, check: Callable[[Path], object]) -> StoredFile:
        """Make the file one of the store's; `check` gets it before that and refuses it by raising."""
        path = self.whole if self.whole.exists() else self.part
        check(path)
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        if path == self.part:
            self.whole.parent.mkdir(parents=True, exist_ok=True)
            os.replace(self.part, self.whole)
            for folder in (self.whole.parent, self.whole.parent.parent, self.whole.parent.parent.parent):
                sync_folder(folder)
        return StoredFile(self.key, self.size_bytes, sha256)

    def delete(self) -> None:
        """Remove what is here of it, whole or not."""
        self.part.unlink(missing_ok=True)
        self.whole.unlink(missing_ok=True)

    def _refuse_moved(self, path: Path) -> None:
        """Between the opening and the lock the file may have been finished or removed by who held it before."""
        mine = os.fstat(self.descriptor)
        try:
            there = path.stat()
        except FileNotFoundError:
            raise BeingWritten from None
        if (there.st_dev, there.st_ino) != (mine.st_dev, mine.st_ino):
            raise BeingWritten
        if path == self.part and self.whole.exists():
            self.part.unlink()  # made by this opening, after the other had finished
            raise BeingWritten

    def _write(self, piece: Readable, most_bytes: int, checksum: Checksum | None) -> None:
        digest = hashlib.new(checksum.algorithm, usedforsecurity=False) if checksum else None
        while chunk := piece.read(CHUNK_BYTES):
            most_bytes -= len(chunk)
            if most_bytes < 0:
                raise TooLong
            if digest:
                digest.update(chunk)
            view = memoryview(chunk)
            while view:
                view = view[os.write(self.descriptor, view) :]
        if checksum and digest and not hmac.compare_digest(digest.digest(), checksum.digest):
            raise Damaged
