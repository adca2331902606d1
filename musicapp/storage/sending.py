"""Answers that are files: the view decides who may have one; stored ones are sent by the server in front."""

import unicodedata
from datetime import UTC, datetime
from os import SEEK_END
from pathlib import Path
from typing import IO
from urllib.parse import quote

from flask import Response, current_app, request
from werkzeug.datastructures import Headers
from werkzeug.http import http_date, quote_etag
from werkzeug.wsgi import FileWrapper

from musicapp.errors import NotFound
from musicapp.storage.ranges import Unsatisfiable, asked_range
from musicapp.storage.store import NotStored, Store

CHUNK_BYTES = 64 * 1024
ADDRESS_KEPT_S = 600


def media_store() -> Store:
    """The store of the running site."""
    store: Store = current_app.extensions["media_store"]
    return store


def send_stored(
    key: str,
    *,
    content_type: str,
    etag: str,
    download_name: str | None = None,
    max_age: int = 0,
    private: bool = True,
) -> Response:
    """Answer the request with a stored file, or the asked range of it; the same behind any server.

    `etag` names this version of the file (its sha256), `max_age` is in seconds, `private` keeps it out of shared
    caches. With a `download_name` browsers save the file instead of showing it.
    """
    headers = _headers(content_type, etag, max_age, private)
    if download_name:
        headers.set("Content-Disposition", "attachment", **_file_names(download_name))
    return _send_elsewhere(key, headers, max_age) or _send_mine(key, headers)


def send_made(content: bytes | IO[bytes], *, content_type: str, download_name: str) -> Response:
    """Answer the request with a file that was made for it alone; an open one is closed when it is sent."""
    if isinstance(content, bytes):
        response = Response(content, content_type=content_type)
    else:
        size_bytes = content.seek(0, SEEK_END)
        content.seek(0)
        response = Response(FileWrapper(content, CHUNK_BYTES), content_type=content_type, direct_passthrough=True)
        response.content_length = size_bytes
        response.call_on_close(content.close)
    response.headers.set("Content-Disposition", "attachment", **_file_names(download_name))
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _send_elsewhere(key: str, headers: Headers, max_age: int) -> Response | None:
    """To the address where the browser fetches the file itself, when the store has one."""
    url = media_store().address(
        key,
        method=request.method,
        content_type=headers["Content-Type"],
        kept=headers["Cache-Control"],
        disposition=headers.get("Content-Disposition", ""),
    )
    if not url:
        return None
    if (unchanged := _unchanged(headers)) is not None:
        return unchanged
    # The address is good for a while only, so it may be kept for a shorter one.
    kept = f"private, max-age={min(max_age, ADDRESS_KEPT_S)}" if max_age else "private, no-store"
    return Response(status=302, headers={"Location": url, "Cache-Control": kept, "ETag": headers["ETag"]})


def _send_mine(key: str, headers: Headers) -> Response:
    try:
        path = media_store().path(key)
    except NotStored:
        raise NotFound("The file is no longer here.") from None
    stat = path.stat()
    headers["Last-Modified"] = http_date(datetime.fromtimestamp(int(stat.st_mtime), UTC))
    return _unchanged(headers) or _send(path, key, stat.st_size, headers)


def _unchanged(headers: Headers) -> Response | None:
    """304 for who has this version already."""
    response = Response(headers=Headers(headers))
    response.make_conditional(request)
    return response if response.status_code != 200 else None


def _send(path: Path, key: str, size_bytes: int, headers: Headers) -> Response:
    try:
        asked = asked_range(
            request.method,
            request.headers.get("Range"),
            request.headers.get("If-Range"),
            size_bytes=size_bytes,
            etag=headers["ETag"],
            last_modified=headers["Last-Modified"],
        )
    except Unsatisfiable:
        return _outside(size_bytes, headers)
    if current_app.config.get("SEND_FILES_BY") == "accel":
        headers["X-Accel-Redirect"] = f"/_files/media/{key}"
        return Response(headers=headers)
    return _send_from_here(path, size_bytes, headers, asked)


def _send_from_here(path: Path, size_bytes: int, headers: Headers, asked: tuple[int, int] | None) -> Response:
    # Not Flask's send_file: it takes the server's own file wrapper, and those cannot seek to where a range begins.
    response = Response(FileWrapper(path.open("rb"), CHUNK_BYTES), headers=headers, direct_passthrough=True)
    response.content_length = size_bytes
    environ = {"REQUEST_METHOD": request.method}
    if asked is not None:
        environ["HTTP_RANGE"] = f"bytes={asked[0]}-{asked[1]}"
    response.make_conditional(environ, accept_ranges=True, complete_length=size_bytes)
    return response


def _outside(size_bytes: int, headers: Headers) -> Response:
    response = Response("The file is shorter than the part that was asked for.\n", status=416, mimetype="text/plain")
    response.headers["Content-Range"] = f"bytes */{size_bytes}"
    response.headers["Cache-Control"] = headers["Cache-Control"]
    return response


def _headers(content_type: str, etag: str, max_age: int, private: bool) -> Headers:
    shared = "private" if private else "public"
    return Headers(
        {
            "Content-Type": content_type,
            "ETag": quote_etag(etag),
            "Accept-Ranges": "bytes",
            "Cache-Control": f"{shared}, max-age={max_age}" if max_age else f"{shared}, no-cache",
        }
    )


def _file_names(name: str) -> dict[str, str]:
    """The name twice: in ASCII for old clients, whole for the others (RFC 6266)."""
    printable = "".join(letter for letter in name if letter.isprintable())
    ascii_name = unicodedata.normalize("NFKD", printable).encode("ascii", "ignore").decode("ascii")
    return {"filename": ascii_name, "filename*": "UTF-8''" + quote(printable, safe="!#$&+-.^_`|~")}
