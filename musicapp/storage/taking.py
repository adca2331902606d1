"""Files that lie on this machine already, taken into the store: without a second copy where the disk allows it."""

import errno
import os
import secrets
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from musicapp.storage.store import CHUNK_BYTES, PARTS, DiskFull, sync_folder

Way = Literal["any", "link", "copy"]
# What a disk answers that cannot link this file to there: another disk, none that links, not ours, too many links.
CANNOT_LINK = {errno.EXDEV, errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.ENOSYS, errno.EMLINK}
CANNOT_SHARE = {errno.EXDEV, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL, errno.EPERM}
FULL = {errno.ENOSPC, errno.EDQUOT}


class Changed(OSError):
    """What lies there is no regular file any more, or became another one meanwhile."""


@dataclass(frozen=True)
class Taken:
    """A file as it came into the store; size and time of change (ns since 1970) are those of what was taken."""

    key: str
    size_bytes: int
    mtime_ns: int


class Taking:
    """Takes many files in, and waits for the disk once for all of them.

    A hard link costs no room and no time, and shares the file with where it came from: a program that rewrites it in
    place there changes it here too. A copy stands by itself; disks that can (Btrfs, XFS) let it share its blocks. The
    way `any` links and, where that is not possible, copies. Nothing taken outlasts a loss of power before `settle`.
    """

    def __init__(self, root: Path, kind: str, way: Way) -> None:
        self.root = root
        self.way = way
        self.near = secrets.token_hex(1)
        self.folder = root / kind / self.near
        self.kind = kind
        self.is_ready = False
        self.copies: list[str] = []
        self.targets: list[str] = []

    def take(self, path: bytes) -> Taken:
        """Bring one file in; raises Changed when it is none, OSError when it cannot be had, DiskFull."""
        if not self.is_ready:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.is_ready = True
        name = self.near + secrets.token_hex(15)
        target = f"{self.folder}/{name}"
        self.targets.append(target)  # before it is there, so that nothing is left when this is interrupted
        try:
            came = self._linked(path, target) or self._copied(path, target)
        except OSError as error:
            if error.errno in FULL:
                raise DiskFull from error
            raise
        return Taken(f"{self.kind}/{self.near}/{name}", came.st_size, came.st_mtime_ns)

    def settle(self) -> None:
        """Wait until all that was taken is on disk."""
        for copy in self.copies:
            _sync_file(copy)
        self.copies.clear()
        if self.is_ready:
            sync_folder(self.folder)
            sync_folder(self.folder.parent)
            sync_folder(self.root)

    def undo(self) -> None:
        """Remove all that was taken, because its rows were not written."""
        for target in self.targets:
            Path(target).unlink(missing_ok=True)

    def _linked(self, path: bytes, target: str) -> os.stat_result | None:
        if self.way == "copy":
            return None
        try:
            os.link(path, target, follow_symlinks=False)
        except OSError as error:
            if error.errno in CANNOT_LINK and self.way == "any":
                return None
            raise
        came = os.lstat(target)
        if not stat.S_ISREG(came.st_mode):
            os.unlink(target)
            raise Changed(f"{os.fsdecode(path)} is no regular file.")
        return came

    def _copied(self, path: bytes, target: str) -> os.stat_result:
        part = self.root / PARTS / f"{os.path.basename(target)}.part"
        part.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as source:
                if not stat.S_ISREG(os.fstat(source.fileno()).st_mode):
                    raise Changed(f"{os.fsdecode(path)} is no regular file.")
                with part.open("xb") as copy:
                    _write(source, copy)
                came = os.fstat(source.fileno())
            os.replace(part, target)
        finally:
            part.unlink(missing_ok=True)
        self.copies.append(target)
        return came


def _write(source: BinaryIO, copy: BinaryIO) -> None:
    """Copy a file inside the kernel, which shares the blocks where the disk can; by hand where that is not known."""
    try:
        while os.copy_file_range(source.fileno(), copy.fileno(), CHUNK_BYTES << 6):
            continue
    except (AttributeError, OSError) as error:
        if isinstance(error, OSError) and error.errno not in CANNOT_SHARE:
            raise
        source.seek(0)
        copy.seek(0)
        shutil.copyfileobj(source, copy, CHUNK_BYTES)
        copy.truncate()
        copy.flush()


def _sync_file(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
