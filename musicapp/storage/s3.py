"""The files of a site in any S3-compatible store: brought there in parts, fetched by browsers at signed addresses."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from musicapp.storage.bucket import Bucket, Missing
from musicapp.storage.growing import Growing
from musicapp.storage.store import A_DAY_S, PARTS, NotStored, Store, StoredFile
from musicapp.storage.taking import Taken, Taking, Way


class S3Store(Store):
    """Keeps files in a bucket, under the same keys and by the same verbs as the store on local disk.

    What arrives is written, checked and hashed below `root` first, then brought to the bucket. The copy stays there
    for whoever looks at the file next, and goes after a day; one that is missing is fetched again.
    """

    def __init__(self, root: Path, bucket: Bucket) -> None:
        super().__init__(root)
        self.bucket = bucket

    @property
    def origin(self) -> str:
        return self.bucket.origin

    def growing(self, name: str, *, kind: str) -> Growing:
        super().growing(name, kind=kind)
        return GrowingForS3(self.root, name, kind, self.bucket)

    def taking(self, *, kind: str, way: Way = "any") -> Taking:
        super().taking(kind=kind, way=way)
        return TakingForS3(self.root, kind, way, self.bucket)

    def path(self, key: str) -> Path:
        """Where a copy of the file lies on this machine, fetched when there is none."""
        try:
            return super().path(key)
        except NotStored:
            self._fetch(key)
        return super().path(key)

    @contextmanager
    def borrowed(self, key: str, scratch: Path) -> Iterator[Path]:
        path = scratch / key.replace("/", "-")
        try:
            self.bucket.fetch(key, path)
            yield path
        except Missing:
            raise NotStored(key) from None
        finally:
            path.unlink(missing_ok=True)

    def bring(self, key: str) -> bool:
        try:
            self.bucket.put(super().path(key), key)
        except NotStored:
            return False
        return True

    def exists(self, key: str) -> bool:
        return self.bucket.has(key)

    def delete(self, key: str) -> None:
        super().delete(key)
        self.bucket.delete(key)

    def came_at(self, key: str) -> float:
        try:
            return self.bucket.came_at(key)
        except Missing:
            raise NotStored(key) from None

    def walk(self, kind: str = "") -> Iterator[str]:
        return self.bucket.walk(f"{kind}/" if kind else "")

    def sweep(self, older_than_s: float = A_DAY_S) -> int:
        """Remove parts that a crash left behind, and copies of what lies in the bucket; how many there were."""
        before = time.time() - older_than_s
        copies = [path for path in self._copies() if path.lstat().st_ctime < before]
        for path in copies:
            path.unlink(missing_ok=True)
        return super().sweep(older_than_s) + len(copies)

    def check(self) -> None:
        super().check()
        self.bucket.check()

    def address(self, key: str, *, method: str, content_type: str, kept: str, disposition: str) -> str:
        said = {"ResponseContentType": content_type, "ResponseCacheControl": kept}
        if disposition:
            said["ResponseContentDisposition"] = disposition
        return self.bucket.address(key, method=method, **({} if method == "HEAD" else said))

    def _copies(self) -> Iterator[Path]:
        for folder, folders, names in os.walk(self.root):
            if Path(folder) == self.root and PARTS in folders:
                folders.remove(PARTS)
            yield from (Path(folder) / name for name in names)

    def _fetch(self, key: str) -> None:
        part = self.root / PARTS / f"{key.replace('/', '-')}.{os.getpid()}.{time.monotonic_ns()}.part"
        part.parent.mkdir(parents=True, exist_ok=True)
        try:
            self.bucket.fetch(key, part)
            super()._move_in(part, self.root / key)
        except Missing:
            raise NotStored(key) from None
        finally:
            part.unlink(missing_ok=True)

    def _move_in(self, part: Path, target: Path) -> None:
        self.bucket.put(part, target.relative_to(self.root).as_posix())
        super()._move_in(part, target)


class GrowingForS3(Growing):
    """A file that arrives in pieces on this machine, and goes to the bucket when it is whole."""

    def __init__(self, root: Path, name: str, kind: str, bucket: Bucket) -> None:
        super().__init__(root, name, kind)
        self.bucket = bucket

    def finish(self, check: Callable[[Path], object]) -> StoredFile:
        stored = super().finish(check)
        self.bucket.put(self.whole, stored.key)
        return stored

    def delete(self) -> None:
        super().delete()
        self.bucket.delete(self.key)


class TakingForS3(Taking):
    """Files of this machine that are brought to the bucket, all at the end."""

    def __init__(self, root: Path, kind: str, way: Way, bucket: Bucket) -> None:
        super().__init__(root, kind, way)
        self.bucket = bucket
        self.waiting: list[str] = []
        self.brought: list[str] = []

    def take(self, path: bytes) -> Taken:
        taken = super().take(path)
        self.waiting.append(taken.key)
        return taken

    def settle(self) -> None:
        super().settle()
        while self.waiting:
            key = self.waiting[-1]
            self.brought.append(key)
            self.bucket.put(self.root / key, key)
            self.waiting.pop()

    def undo(self) -> None:
        super().undo()
        for key in self.brought:
            self.bucket.delete(key)
