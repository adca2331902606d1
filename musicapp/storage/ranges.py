"""Which bytes of a file a request asks for: decided once, for every way of sending a file."""

import re

_ONE_RANGE = re.compile(r"bytes=[ \t]*([0-9]{0,20})-([0-9]{0,20})[ \t]*", re.IGNORECASE)


class Unsatisfiable(Exception):
    """The range lies wholly outside the file."""


def asked_range(
    method: str, range_header: str | None, if_range: str | None, *, size_bytes: int, etag: str, last_modified: str
) -> tuple[int, int] | None:
    """First and last byte to send, or None for the whole file (RFC 9110, 14.2).

    What is malformed, asks for several ranges at once, or belongs to another version of the file gets the whole file.
    """
    if method != "GET" or range_header is None:
        return None
    if if_range is not None and if_range != last_modified and (if_range != etag or etag.startswith("W/")):
        return None
    asked = _ONE_RANGE.fullmatch(range_header.strip())
    if asked is None or asked.groups() == ("", ""):
        return None
    return _within(asked[1], asked[2], size_bytes)


def _within(first: str, last: str, size_bytes: int) -> tuple[int, int] | None:
    if not first:
        start, end = max(size_bytes - int(last), 0), size_bytes - 1
    else:
        start, end = int(first), min(int(last or size_bytes), size_bytes - 1)
        if last and int(last) < start:
            return None
    if start >= size_bytes:
        raise Unsatisfiable
    return start, end
