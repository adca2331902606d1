"""Gzip for text that is worth it, done in the thread that made the answer."""

import gzip
from collections.abc import Mapping

from werkzeug.datastructures import Headers

LEAST_BYTES = 1024
LEVEL = 5
TEXT = {
    "application/javascript",
    "application/json",
    "application/manifest+json",
    "application/xml",
    "image/svg+xml",
    "text/css",
    "text/csv",
    "text/html",
    "text/javascript",
    "text/plain",
    "text/xml",
}


def is_compressible(status: str, headers: Headers) -> bool:
    """Whether an answer is text that may be compressed at all, whoever asks for it.

    Answers marked `no-store` hold what is one person's alone. Compressed, their length would tell whoever can add
    guesses to the same answer how much of a secret was guessed right (BREACH), so they go as they are.
    """
    content_type = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return (
        status.startswith("200")
        and content_type in TEXT
        and "Content-Encoding" not in headers
        and "no-store" not in headers.get("Cache-Control", "")
        and int(headers.get("Content-Length", 0)) >= LEAST_BYTES
    )


def compressed(environ: Mapping[str, object], status: str, headers: Headers, body: bytes) -> bytes:
    """The body as this client gets it; the headers are changed to match."""
    if not is_compressible(status, headers):
        return body
    headers.add("Vary", "Accept-Encoding")
    if not body or "gzip" not in _accepted(str(environ.get("HTTP_ACCEPT_ENCODING", ""))):
        return body
    headers["Content-Encoding"] = "gzip"
    if headers.get("ETag", "").startswith('"'):
        headers["ETag"] = "W/" + headers["ETag"]
    smaller = gzip.compress(body, LEVEL, mtime=0)
    headers["Content-Length"] = str(len(smaller))
    return smaller


def _accepted(header: str) -> set[str]:
    codings = (coding.replace(" ", "").lower().partition(";") for coding in header.split(","))
    return {name for name, _, weight in codings if weight not in ("q=0", "q=0.0", "q=0.00", "q=0.000")}
