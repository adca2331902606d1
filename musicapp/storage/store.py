"""The files of a site on local disk, under keys that the server makes."""

import errno
import hashlib
import os
import re
import secrets
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

from musicapp.errors import Unavailable

if TYPE_CHECKING:
    from musicapp.storage.growing import Growing
    from musicapp.storage.taking import Taking, Way

CHUNK_BYTES = 1 << 20
A_DAY_S = 24 * 60 * 60
PARTS = "parts"
GROWING = ".growing"

_KIND = re.compile(r"[a-z][a-z0-9]{0,31}")
_SUFFIX = re.compile(r"(\.[a-z0-9]{1,8})?")
_GROWING_NAME = re.compile(r"[0-9a-f]{32}")
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")


class NotStored(LookupError):
    """No file has this key, or the key is not one that the server made."""


class DiskFull(Unavailable):
    """There is no room for a file."""

    def __init__(self) -> None:
        super().__init__(
            "The server's disk is full, so the file was not saved. Please tell an admin of this site.", 600
        )


class Readable(Protocol):
    """What a file can be saved from."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True)
class StoredFile:
    """What to remember of a saved file."""

    key: str
    size_bytes: int
    sha256: str


def file_inside(root: Path, key: str) -> Path:
    """Path of an existing regular file below `root`; NotStored for all else, symlinks included."""
    parts = key.split("/")
    if not all(_NAME.fullmatch(part) for part in parts):
        raise NotStored(key)
    real_root = os.path.realpath(root)
    path = os.path.join(real_root, *parts)
    if os.path.realpath(path) != path or not os.path.isfile(path):
        raise NotStored(key)
    return Path(path)


class Store:
    """Saves, finds and removes files below one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def origin(self) -> str:
        """Scheme and host from which browsers fetch files, where that is not the site."""
        return ""

    def save(
        self, stream: Readable, *, kind: str, suffix: str, check: Callable[[Path], object] | None = None
    ) -> StoredFile:
        """Keep what the stream holds, whole or not at all; `check` gets the finished part and refuses it by raising."""
        if not _KIND.fullmatch(kind) or kind == PARTS or not _SUFFIX.fullmatch(suffix):
            raise ValueError(f"A kind is a lower-case word and a suffix like .mp3, not {kind!r} and {suffix!r}.")
        name = secrets.token_hex(16)
        part = self.root / PARTS / f"{name}.part"
        key = f"{kind}/{name[:2]}/{name}{suffix}"
        try:
            part.parent.mkdir(parents=True, exist_ok=True)
            size_bytes, sha256 = _write(stream, part)
            if check is not None:
                check(part)
            self._move_in(part, self.root / key)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise DiskFull from error
            raise
        finally:
            part.unlink(missing_ok=True)
        return StoredFile(key, size_bytes, sha256)

    def growing(self, name: str, *, kind: str) -> "Growing":
        """The file that arrives in pieces under `name`, one that the server made and the caller keeps."""
        from musicapp.storage.growing import Growing

        if not _KIND.fullmatch(kind) or kind == PARTS or not _GROWING_NAME.fullmatch(name):
            raise ValueError(f"A kind is a lower-case word and a name 32 hex digits, not {kind!r} and {name!r}.")
        return Growing(self.root, name, kind)

    def taking(self, *, kind: str, way: "Way" = "any") -> "Taking":
        """Take files of this machine in, one by one, as links or copies; `settle` it before their keys are kept."""
        from musicapp.storage.taking import Taking

        if not _KIND.fullmatch(kind) or kind == PARTS:
            raise ValueError(f"A kind is a lower-case word, not {kind!r}.")
        return Taking(self.root, kind, way)

    def path(self, key: str) -> Path:
        """Where the file lies on this machine, for programs that need a path."""
        if key.startswith(f"{PARTS}/"):
            raise NotStored(key)
        return file_inside(self.root, key)

    def check(self) -> None:
        """Raise what keeps the store from taking and giving files; say nothing when all is well."""
        self.root.mkdir(parents=True, exist_ok=True)
        if not os.access(self.root, os.R_OK | os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "The site may not write to its folder of files", str(self.root))

    def address(self, key: str, *, method: str, content_type: str, kept: str, disposition: str) -> str:
        """Where a browser fetches this file by itself, answered with these headers; empty when the site sends it."""
        return ""

    def open(self, key: str) -> BinaryIO:
        """The file, to be read."""
        return self.path(key).open("rb")

    @contextmanager
    def borrowed(self, key: str, scratch: Path) -> Iterator[Path]:
        """Where the file lies while it is copied; one that lies elsewhere is brought to `scratch` for that long."""
        yield self.path(key)

    def bring(self, key: str) -> bool:
        """Let a file that lies on this machine under its key be one of the store's; whether there was one."""
        return self.exists(key)

    def exists(self, key: str) -> bool:
        """Whether a file has this key."""
        try:
            self.path(key)
        except NotStored:
            return False
        return True

    def delete(self, key: str) -> None:
        """Remove a file; one that is already gone is no error."""
        try:
            self.path(key).unlink(missing_ok=True)
        except NotStored:
            return

    def walk(self, kind: str = "") -> Iterator[str]:
        """Keys of all stored files, or of those of one kind, for who compares them with the database."""
        for folder, folders, names in os.walk(self.root / kind):
            if Path(folder) == self.root and PARTS in folders:
                folders.remove(PARTS)
            for name in names:
                key = (Path(folder) / name).relative_to(self.root).as_posix()
                if self.exists(key):
                    yield key

    def came_at(self, key: str) -> float:
        """When a file came into the store, in s since 1970; raises NotStored."""
        return self.path(key).stat().st_ctime

    def remove_unknown(self, kind: str, known: Collection[str], older_than_s: float = A_DAY_S) -> int:
        """Remove files of a kind whose keys nobody knows, as a crash leaves them; how many there were.

        What came lately stays: its row may be on the way.
        """
        before = time.time() - older_than_s
        orphans = [key for key in self.walk(kind) if key not in known and self._came_before(key, before)]
        for key in orphans:
            self.delete(key)
        return len(orphans)

    def _came_before(self, key: str, moment_s: float) -> bool:
        try:
            return self.came_at(key) < moment_s
        except (NotStored, FileNotFoundError):
            return False  # somebody else removed it meanwhile

    def sweep(self, older_than_s: float = A_DAY_S) -> int:
        """Remove parts that a crash left behind; how many there were."""
        return self._remove_older(".part", older_than_s)

    def leftovers(self, older_than_s: float = A_DAY_S) -> int:
        """How many parts a sweep would remove."""
        return len(self._older(".part", older_than_s))

    def sweep_growing(self, older_than_s: float) -> int:
        """Remove files on their way to which nothing was added for so long; how many there were."""
        return self._remove_older(GROWING, older_than_s)

    def _remove_older(self, suffix: str, older_than_s: float) -> int:
        left_behind = self._older(suffix, older_than_s)
        for part in left_behind:
            part.unlink(missing_ok=True)
        return len(left_behind)

    def _older(self, suffix: str, older_than_s: float) -> list[Path]:
        before = time.time() - older_than_s
        return [part for part in (self.root / PARTS).glob(f"*{suffix}") if part.lstat().st_mtime < before]

    def _move_in(self, part: Path, target: Path) -> None:
        fresh = [folder for folder in (target.parent, target.parent.parent) if not folder.exists()]
        target.parent.mkdir(parents=True, exist_ok=True)
        os.replace(part, target)
        # The name of a file is on disk only when its folder is, and that of a new folder when its parent is.
        for folder in (target.parent, *(made.parent for made in fresh)):
            sync_folder(folder)


def _write(stream: Readable, part: Path) -> tuple[int, str]:
    digest = hashlib.sha256()
    size_bytes = 0
    with part.open("xb") as file:
        while chunk := stream.read(CHUNK_BYTES):
            file.write(chunk)
            digest.update(chunk)
            size_bytes += len(chunk)
        file.flush()
        os.fsync(file.fileno())
    return size_bytes, digest.hexdigest()


def sync_folder(folder: Path) -> None:
    """Put the names in a folder on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
