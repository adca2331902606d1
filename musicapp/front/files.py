"""Files that a view names by X-Accel-Redirect, sent once its thread is free again."""

import os
from collections.abc import Mapping
from email.utils import formatdate
from pathlib import Path

from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import FileResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from musicapp.storage.ranges import Unsatisfiable, asked_range
from musicapp.storage.store import NotStored, file_inside

PREFIX = "/_files/"
ACCEL = "x-accel-redirect"
AT_ONCE_BYTES = 512 * 1024


class Files:
    """Wraps an app: its answers that name a file below one of the roots become that file."""

    def __init__(self, app: ASGIApp, roots: Mapping[str, Path]) -> None:
        self.app = app
        self.roots = roots

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        named: Message | None = None

        async def hold_back(message: Message) -> None:
            nonlocal named
            if message["type"] == "http.response.start" and ACCEL in Headers(raw=message["headers"]):
                named = message
            elif named is None:
                await send(message)

        await self.app(scope, receive, hold_back)
        if named is not None:
            await self._send_named(named, scope, receive, send)

    async def _send_named(self, named: Message, scope: Scope, receive: Receive, send: Send) -> None:
        headers = MutableHeaders(raw=list(named["headers"]))
        name = headers[ACCEL]
        del headers[ACCEL], headers["content-length"]
        try:
            # The view has just looked at this file, so these few calls find its entry in memory.
            path = self._path(name)
            state = path.stat()
        except (NotStored, OSError):
            return await _plain(404, "The file is no longer here.\n", headers, scope, send)
        _describe(headers, state)
        try:
            asked = _asked(scope, headers, state.st_size)
        except Unsatisfiable:
            headers["content-range"] = f"bytes */{state.st_size}"
            return await _plain(416, "The file is shorter than the part that was asked for.\n", headers, scope, send)
        if asked is not None and asked[1] - asked[0] < AT_ONCE_BYTES:
            return await _part(path, state.st_size, asked, headers, send)
        await _file(path, state, asked, headers)(_asking_for(asked, scope, state.st_size), receive, send)

    def _path(self, name: str) -> Path:
        root, _, key = name.removeprefix(PREFIX).partition("/")
        if not name.startswith(PREFIX) or root not in self.roots:
            raise NotStored(name)
        return file_inside(self.roots[root], key)


def _describe(headers: MutableHeaders, state: os.stat_result) -> None:
    headers["content-length"] = str(state.st_size)
    headers["accept-ranges"] = "bytes"
    headers.setdefault("content-type", "application/octet-stream")
    headers.setdefault("last-modified", formatdate(int(state.st_mtime), usegmt=True))
    headers.setdefault("etag", f'"{state.st_mtime_ns:x}-{state.st_size:x}"')


def _asked(scope: Scope, headers: MutableHeaders, size_bytes: int) -> tuple[int, int] | None:
    request = Headers(scope=scope)
    return asked_range(
        scope["method"],
        request.get("range"),
        request.get("if-range"),
        size_bytes=size_bytes,
        etag=headers["etag"],
        last_modified=headers["last-modified"],
    )


async def _part(path: Path, size_bytes: int, asked: tuple[int, int], headers: MutableHeaders, send: Send) -> None:
    """Answer a range that is small enough to be read in one go, by one thread instead of one for each piece of it."""
    first, last = asked
    part = await to_thread.run_sync(_read, path, first, last - first + 1)
    headers["content-range"] = f"bytes {first}-{last}/{size_bytes}"
    headers["content-length"] = str(len(part))
    await send({"type": "http.response.start", "status": 206, "headers": headers.raw})
    await send({"type": "http.response.body", "body": part})


def _read(path: Path, first: int, length: int) -> bytes:
    with path.open("rb", buffering=0) as file:
        return os.pread(file.fileno(), length, first)


def _file(path: Path, state: os.stat_result, asked: tuple[int, int] | None, headers: MutableHeaders) -> FileResponse:
    status = 200
    if asked == (0, state.st_size - 1):
        # Browsers ask for "bytes=0-" when they start a song. As a plain file with a 206 on top the server sends it
        # without Python; as a range it would be read here, piece by piece.
        headers["content-range"] = f"bytes 0-{state.st_size - 1}/{state.st_size}"
        status = 206
    response = FileResponse(path, status_code=status, stat_result=state, media_type=headers["content-type"])
    response.raw_headers = headers.raw
    return response


def _asking_for(asked: tuple[int, int] | None, scope: Scope, size_bytes: int) -> Scope:
    """The request with the range as it was decided, in the only spelling that Starlette still has to read."""
    kept = [(name, value) for name, value in scope["headers"] if name not in (b"range", b"if-range")]
    if asked is not None and asked != (0, size_bytes - 1):
        kept.append((b"range", b"bytes=%d-%d" % asked))
    return {**scope, "headers": kept}


async def _plain(status: int, text: str, headers: MutableHeaders, scope: Scope, send: Send) -> None:
    """Answer in words, with the security headers that the app gave."""
    for name in ("etag", "last-modified", "content-disposition", "accept-ranges"):
        del headers[name]
    body = text.encode()
    headers["content-type"] = "text/plain; charset=utf-8"
    headers["content-length"] = str(len(body))
    await send({"type": "http.response.start", "status": status, "headers": headers.raw})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})
