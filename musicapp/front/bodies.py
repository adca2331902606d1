"""Request bodies, read to the end before a thread is taken: small ones in memory, the rest on disk."""

import asyncio
import io
import logging
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from starlette.types import Receive

from musicapp.front.refusals import Refusal

log = logging.getLogger(__name__)

MB = 1 << 20
IN_MEMORY_BYTES = MB
"""A body longer than this goes to disk."""
DISK_CHUNK_BYTES = MB // 4
"""What is gathered in memory before each write to disk."""


class ClientLeft(Exception):
    """The connection closed before the body was complete: there is nobody to answer."""


@dataclass(frozen=True)
class Patience:
    """How slow a body may be."""

    idle_s: float = 30
    grace_s: float = 60
    slowest_bytes_per_s: int = 8_000

    def left_s(self, waited_s: float, received_bytes: int) -> float:
        """Seconds to wait for the next bytes of a body that began `waited_s` ago."""
        return min(self.idle_s, self.grace_s + received_bytes / self.slowest_bytes_per_s - waited_s)


class Budget:
    """Bytes that all bodies of this process may hold at once in one place."""

    def __init__(self, size_bytes: int) -> None:
        self.left_bytes = size_bytes

    def take(self, count: int) -> bool:
        """Reserve so many bytes, if they are left."""
        if count > self.left_bytes:
            return False
        self.left_bytes -= count
        return True

    def give_back(self, count: int) -> None:
        """Free bytes that were taken."""
        self.left_bytes += count


class Spool:
    """Where bodies lie while they arrive and until they are answered."""

    def __init__(
        self,
        folder: Path,
        *,
        disk_bytes: int,
        memory_bytes: int = 64 * MB,
        patience: Patience | None = None,
    ) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder
        self.disk = Budget(disk_bytes)
        self.memory = Budget(memory_bytes)
        self.patience = patience or Patience()

    def nothing(self) -> "Body":
        """The body of a request that has none."""
        return Body(self)

    async def read(self, receive: Receive, *, declared_bytes: int | None, limit_bytes: int) -> "Body":
        """The whole body, to be closed by the caller; raises Refusal or ClientLeft and then leaves nothing behind."""
        if declared_bytes is not None:
            _check_length(declared_bytes, limit_bytes)
            if declared_bytes > IN_MEMORY_BYTES and declared_bytes > self.disk.left_bytes:
                raise no_room()
        body = Body(self)
        try:
            await self._fill(body, receive, limit_bytes)
            await body.rewind()
        except BaseException:
            body.close()
            raise
        return body

    async def _fill(self, body: "Body", receive: Receive, limit_bytes: int) -> None:
        began = time.monotonic()
        more = True
        while more:
            left_s = self.patience.left_s(time.monotonic() - began, body.size_bytes)
            try:
                async with asyncio.timeout(left_s):
                    message = await receive()
            except TimeoutError:
                raise Refusal(408, "Your data arrived too slowly, so we stopped waiting. Please try again.") from None
            if message["type"] == "http.disconnect":
                raise ClientLeft
            chunk = message.get("body", b"")
            _check_length(body.size_bytes + len(chunk), limit_bytes)
            await body.write(chunk)
            more = message.get("more_body", False)


class Body:
    """One request's body; its file on disk has no name, so that not even a crash leaves it there."""

    def __init__(self, spool: Spool) -> None:
        self.size_bytes = 0
        self._spool = spool
        self._buffer = io.BytesIO()
        self._disk: BinaryIO | None = None
        self._in_memory_bytes = 0
        self._on_disk_bytes = 0

    @property
    def file(self) -> BinaryIO:
        """What the app reads the body from."""
        return self._disk or self._buffer

    async def write(self, chunk: bytes) -> None:
        """Add bytes at the end."""
        self.size_bytes += len(chunk)
        memory_is_left = self._spool.memory.take(len(chunk))
        self._in_memory_bytes += len(chunk) if memory_is_left else 0
        self._buffer.write(chunk)
        room = IN_MEMORY_BYTES if self._disk is None else DISK_CHUNK_BYTES
        if self._buffer.tell() > room or not memory_is_left:
            await self._to_disk()

    async def rewind(self) -> None:
        """Make the whole body readable from its first byte."""
        if self._disk is not None:
            await self._to_disk()
        self.file.seek(0)

    def close(self) -> None:
        """Free the memory and the disk that the body held."""
        with suppress(OSError):  # what a full disk has not taken is written no more
            self.file.close()
        self._spool.memory.give_back(self._in_memory_bytes)
        self._spool.disk.give_back(self._on_disk_bytes)
        self._in_memory_bytes = self._on_disk_bytes = 0

    async def _to_disk(self) -> None:
        content = self._buffer.getvalue()
        if not self._spool.disk.take(len(content)):
            raise no_room()
        self._on_disk_bytes += len(content)
        try:
            if self._disk is None:
                self._disk = tempfile.TemporaryFile(dir=self._spool.folder)  # noqa: SIM115 - closed with the body
            await asyncio.to_thread(_write_through, self._disk, content)
        except OSError as error:
            log.error("What somebody sends cannot be written to %s: %s.", self._spool.folder, error.strerror)
            raise no_disk() from error
        self._buffer = io.BytesIO()
        self._spool.memory.give_back(self._in_memory_bytes)
        self._in_memory_bytes = 0


def no_room() -> Refusal:
    """The refusal when uploads take all the disk they may."""
    return Refusal(503, "Too many uploads are under way. Please try again in a minute.", retry_after_s=60)


def no_disk() -> Refusal:
    """The refusal when the disk takes nothing, full or broken as it is."""
    return Refusal(
        503, "The server's disk takes nothing more, so nothing was saved. Please tell an admin of this site.", 600
    )


def _write_through(file: BinaryIO, content: bytes) -> None:
    """Write so that a full disk is noticed now, and not when somebody reads."""
    file.write(content)
    file.flush()


def _check_length(size_bytes: int, limit_bytes: int) -> None:
    if size_bytes > limit_bytes:
        raise Refusal(413, f"That is too much to send: at most {_in_words(limit_bytes)} are allowed here.")


def _in_words(size_bytes: int) -> str:
    if size_bytes >= MB:
        return f"{size_bytes / MB:g} MB" if size_bytes % MB == 0 else f"{size_bytes / MB:.1f} MB"
    return f"{size_bytes} bytes"
