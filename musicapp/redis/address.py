"""Where Redis is: given by a setting, or noted by the embedded server of the same instance folder."""

import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

SOCKET_SCHEMES = ("unix", "redis+unix", "redis+socket")
SCHEMES = ("redis", "rediss", *SOCKET_SCHEMES)
PING_WITHIN_S = 0.25


@dataclass(frozen=True, repr=False)
class RedisAddress:
    """One address of Redis, kept in redis-py's form; the properties say it in each library's own."""

    url: str

    @classmethod
    def parse(cls, url: str) -> Self:
        """An address from what an operator wrote, in any of the usual forms; ValueError says what is wrong with it."""
        scheme, separator, rest = url.partition("://")
        if not separator or scheme not in SCHEMES:
            raise ValueError("REDIS_URL must begin with redis://, rediss:// or unix:// (a socket's path).")
        if scheme not in SOCKET_SCHEMES:
            return cls(url)
        place, _, query = rest.partition("?")
        options = {"db" if key == "virtual_host" else key: value for key, value in parse_qsl(query)}
        return cls(f"unix://{place}" + (f"?{urlencode(options)}" if options else ""))

    @classmethod
    def of_socket(cls, path: Path) -> Self:
        return cls(f"unix://{quote(str(path))}")

    @property
    def socket_path(self) -> Path | None:
        """The socket's path, or None for an address on the network."""
        parts = urlsplit(self.url)
        return Path(unquote(parts.path)) if parts.scheme == "unix" else None

    @property
    def cache_url(self) -> str:
        """For redis-py, and so for the cache."""
        return self.url

    @property
    def limiter_url(self) -> str:
        """For the `limits` library."""
        return self.url.replace("unix://", "redis+unix://", 1) if self.socket_path else self.url

    @property
    def broker_url(self) -> str:
        """For Celery, which calls a database number a virtual host."""
        if not self.socket_path:
            return self.url
        place, _, query = self.url.removeprefix("unix://").partition("?")
        options = {"virtual_host" if key == "db" else key: value for key, value in parse_qsl(query)}
        return f"redis+socket://{place}" + (f"?{urlencode(options)}" if options else "")

    def __repr__(self) -> str:
        return f"RedisAddress({str(self)!r})"

    def __str__(self) -> str:
        """The address for logs: who may log in stays out of it."""
        scheme, _, place = self.url.partition("?")[0].partition("://")
        return f"{scheme}://{place.rpartition('@')[2]}"


def find_address(instance: Path, config: Mapping[str, Any]) -> RedisAddress | None:
    """The Redis that the settings name, else the embedded one of this instance if it runs, else None."""
    return given_address(config) or embedded_address(instance)


def given_address(config: Mapping[str, Any]) -> RedisAddress | None:
    """The Redis that REDIS_URL, or REDIS_HOST and REDIS_PORT, name."""
    if config.get("REDIS_URL"):
        return RedisAddress.parse(config["REDIS_URL"])
    if config.get("REDIS_HOST"):
        return RedisAddress(f"redis://{config['REDIS_HOST']}:{config.get('REDIS_PORT') or 6379}/0")
    return None


def embedded_address(instance: Path) -> RedisAddress | None:
    """The embedded server that noted itself in this instance folder and still answers."""
    path = noted_socket(instance)
    return RedisAddress.of_socket(path) if path and answers(path) else None


def note_path(instance: Path) -> Path:
    """The file in which an embedded server says where it listens."""
    return instance / "run" / "redis.json"


def noted_socket(instance: Path) -> Path | None:
    """The socket that the note names; whether a server still listens there is another question."""
    try:
        return RedisAddress(json.loads(note_path(instance).read_text())["url"]).socket_path
    except (OSError, ValueError, LookupError, TypeError):
        return None


def answers(path: Path) -> bool:
    """Whether a Redis behind this socket is ready for work (it refuses a PING while it still loads its files)."""
    return tell(path, "PING").startswith(b"+PONG")


def tell(path: Path, command: str) -> bytes:
    """Send one word to the Redis behind a socket: its answer, or nothing when there is none."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(PING_WITHIN_S)
            connection.connect(str(path))
            connection.sendall(command.encode() + b"\r\n")
            return connection.recv(64)
    except OSError:
        return b""
