"""One request to a checked target: straight to the address that was checked, with an end to its time and its size."""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from musicapp.reaching.refusals import NotReached
from musicapp.reaching.targets import Target

SECONDS = 10.0
LARGEST_ANSWER = 64 * 1024


@dataclass(frozen=True)
class Answer:
    """What came back: redirects are not followed but answered as they are. Names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def first_line(self) -> str:
        """The first line of the body that has a letter or a number in it, in plain signs."""
        lines = self.body.decode(errors="replace").splitlines()
        said = ("".join(sign if sign.isprintable() else " " for sign in line).strip() for line in lines)
        return next((line for line in said if any(map(str.isalnum, line))), "")


class Straight(http.client.HTTPConnection):
    """A connection to an address that was checked, which speaks with the host that was named."""

    def __init__(self, target: Target, address: str, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self.target = target
        self.address = address
        self.seconds = seconds

    def connect(self) -> None:
        """Go to the address itself; its certificate must be that of the host."""
        self.sock = socket.create_connection((self.address, self.target.port), self.timeout)
        if self.target.scheme == "https":
            trust = ssl.create_default_context()
            greeting = trust.wrap_socket(self.sock, server_hostname=self.target.host, do_handshake_on_connect=False)
            self.sock = greeting
            with ending_in(greeting, self.seconds):
                greeting.do_handshake()


def send(
    target: Target, body: bytes, headers: Mapping[str, str], *, method: str = "POST", seconds: float = SECONDS
) -> Answer:
    """Send a body, at most so many seconds long in all, and answer what comes back; raises NotReached.

    Nothing but the target is asked: no proxy of the environment, no address that a redirect names.
    """
    deadline = time.monotonic() + seconds
    connection = connected(target, deadline)
    try:
        with ending_in(connection.sock, deadline - time.monotonic()):
            connection.request(method, target.path, body, {"Host": target.named, **headers})
            response = connection.getresponse()
            said = response.read(LARGEST_ANSWER)
    except (OSError, http.client.HTTPException, ValueError) as error:
        if time.monotonic() >= deadline or isinstance(error, TimeoutError):
            raise NotReached(f"{target.host} did not answer within {seconds:.0f} seconds.") from error
        raise NotReached(f"{target.host} ended the connection without an answer ({words_of(error)}).") from error
    finally:
        with suppress(OSError):
            connection.close()
    return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, said)


def connected(target: Target, deadline: float) -> Straight:
    """A connection to the first of the target's addresses that takes one."""
    problem: Exception | None = None
    for address in target.addresses:
        left = deadline - time.monotonic()
        if left <= 0:
            break
        connection = Straight(target, address, left)
        try:
            connection.connect()
            return connection
        except OSError as error:
            problem = error
            connection.close()
    raise NotReached(why_unconnected(target, problem)) from problem


def why_unconnected(target: Target, problem: Exception | None) -> str:
    if isinstance(problem, ssl.SSLCertVerificationError):
        return f"The certificate of {target.host} is not good: {problem.verify_message}."
    if isinstance(problem, ssl.SSLError):
        return f"{target.host} offers no protected connection ({problem.reason or problem})."
    if isinstance(problem, ConnectionRefusedError):
        return f"{target.host} takes no connections at port {target.port}."
    return f"No connection to {target.host} came about ({words_of(problem)})."


def words_of(error: Exception | None) -> str:
    return type(error).__name__ if error else "no time was left"


@contextmanager
def ending_in(connected_socket: socket.socket, seconds: float) -> Iterator[None]:
    """Break a connection after so many seconds, also with one who keeps it alive byte by byte."""

    def hang_up() -> None:
        with suppress(OSError):
            connected_socket.shutdown(socket.SHUT_RDWR)

    ending = threading.Timer(max(0.0, seconds), hang_up)
    ending.daemon = True
    ending.start()
    try:
        yield
    finally:
        ending.cancel()
