"""A request in the words of WSGI (PEP 3333)."""

import sys
from typing import TYPE_CHECKING, Any, BinaryIO

from starlette.types import Scope

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


def environ_of(scope: Scope, body: BinaryIO, size_bytes: int) -> "WSGIEnvironment":
    """The environment of a request whose body has been read to its end."""
    host, port = scope.get("server") or ("localhost", 80)
    root_path: str = scope.get("root_path", "")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": _as_latin_1(root_path),
        "PATH_INFO": _as_latin_1(scope["path"].removeprefix(root_path)),
        "QUERY_STRING": scope["query_string"].decode("ascii"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port or 80),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if scope.get("client"):
        environ["REMOTE_ADDR"], environ["REMOTE_PORT"] = scope["client"][0], str(scope["client"][1])
    environ.update(_headers(scope["headers"]))
    environ["CONTENT_LENGTH"] = str(size_bytes)
    return environ


def _headers(raw: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers under their WSGI names; those that come several times are joined as HTTP says."""
    named: dict[str, str] = {}
    for raw_name, raw_value in raw:
        name, value = raw_name.decode("latin-1").upper().replace("-", "_"), raw_value.decode("latin-1")
        if name == "TRANSFER_ENCODING":
            continue
        if name != "CONTENT_TYPE":
            name = f"HTTP_{name}"
        joint = "; " if name == "HTTP_COOKIE" else ","
        named[name] = f"{named[name]}{joint}{value}" if name in named else value
    named.pop("HTTP_CONTENT_LENGTH", None)
    return named


def _as_latin_1(text: str) -> str:
    """WSGI hands over the bytes of a path as if each were a letter."""
    return text.encode("utf-8", "surrogateescape").decode("latin-1")
