"""Names to addresses: looked up once, with an end to the waiting, for system calls have none."""

import socket
import threading
from collections.abc import Callable

from musicapp.reaching.refusals import NotReached

Resolver = Callable[[str, int], list[str]]
"""Of a host and a port, all its addresses as they are written."""


def system_resolver(host: str, port: int) -> list[str]:
    """What the machine's own look-up answers; raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def resolve(host: str, port: int, seconds: float, resolver: Resolver = system_resolver) -> list[str]:
    """The addresses of a host, the preferred one first; raises NotReached when they are not known in time."""
    found: list[list[str]] = []
    problems: list[Exception] = []

    def look_up() -> None:
        try:
            found.append(resolver(host, port))
        except (OSError, UnicodeError) as error:
            problems.append(error)

    looking = threading.Thread(target=look_up, daemon=True, name="look-up")
    looking.start()
    looking.join(seconds)
    if found and found[0]:
        return found[0]
    if looking.is_alive():
        raise NotReached(f"The name {host} could not be looked up within {seconds:.0f} seconds.")
    raise NotReached(f"The name {host} is not known.") from (problems[0] if problems else None)
