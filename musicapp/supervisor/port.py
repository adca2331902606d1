"""Questions to the network: is our port free, and does our web server answer on it?"""

import asyncio
import contextlib
import socket
from functools import cache

ANSWER_WITHIN_S = 2.0
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}


def own_address(host: str) -> str:
    """Where this machine reaches a server that listens on `host`."""
    return EVERYWHERE.get(host, host)


def is_taken(host: str, port: int) -> bool:
    """Whether another server has the port, even one that would silently share it with ours (SO_REUSEPORT)."""
    with contextlib.suppress(OSError), socket.create_connection((own_address(host), port), timeout=0.5):
        return True
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError:
            return True
    return False


@cache
def numeric(host: str) -> str:
    """The address of a host that may be a name; OSError where there is none. The web server understands no names, and
    an event loop would look one up in a thread that stays, beside which nobody may fork."""
    return str(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][4][0])


async def answers_ok(host: str, port: int, path: str) -> bool:
    """Whether the web server answers this path with 200."""
    try:
        async with asyncio.timeout(ANSWER_WITHIN_S):
            reader, writer = await asyncio.open_connection(numeric(own_address(host)), port)
            try:
                writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
                return b" 200 " in await reader.readline()
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return False
