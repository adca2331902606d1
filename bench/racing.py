"""Ask one or two servers of this machine for the same things in turn, and tell how fast each answered."""

import http.client
import json
import socket
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")
TIMEOUT_S = 60.0
CHUNK_BYTES = 1 << 18
MOST_CHECKED = 40


@dataclass
class Server:
    """A server under test, and the header by which it knows who asks."""

    name: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme != "http" or parts.hostname not in LOOPBACK:
            raise SystemExit(f"Only http:// addresses of this machine are asked, not {self.url}")
        self.host, self.port = parts.hostname, parts.port or 80

    def get(self, path: str) -> bytes:
        """One answer, which must be a good one."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=TIMEOUT_S)
        try:
            connection.request("GET", path, headers=self.headers)
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        if answer.status not in (200, 206):
            raise SystemExit(f"{self.name} answered {answer.status} to {path}: {body[:200]!r}")
        return body

    def get_json(self, path: str) -> Any:
        return json.loads(self.get(path))

    def request(self, path: str, extra: dict[str, str]) -> bytes:
        lines = [f"GET {path} HTTP/1.1", f"Host: {self.host}:{self.port}"]
        lines += [f"{name}: {value}" for name, value in {**self.headers, **extra}.items()]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


@dataclass(frozen=True)
class Task:
    """What one server is asked for, path after path; `bytes_each` is the mean size of its answers."""

    server: Server
    paths: Sequence[str]
    headers: dict[str, str] = field(default_factory=dict)

    def bytes_each(self) -> int:
        """The mean size of the bodies; each of the first forty is asked for once, and must be a good answer."""
        asked = Server(self.server.name, self.server.url, {**self.server.headers, **self.headers})
        return round(statistics.mean(len(asked.get(path)) for path in self.paths[:MOST_CHECKED]))


@dataclass(frozen=True)
class Figures:
    """One round, or the median of several."""

    per_s: float
    p50_ms: float
    p99_ms: float
    mb_per_s: float


def run(task: Task, connections: int, seconds: float) -> Figures:
    """Ask for the paths in turn, over so many lasting connections, for so long."""
    requests = [task.server.request(path, task.headers) for path in task.paths]
    times_ms: list[float] = []
    received = [0] * connections
    until = time.perf_counter() + seconds

    def ask(number: int) -> None:
        turn = number
        with socket.create_connection((task.server.host, task.server.port), TIMEOUT_S) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while (asked_at := time.perf_counter()) < until:
                connection.sendall(requests[turn % len(requests)])
                received[number] += take_answer(connection)
                times_ms.append((time.perf_counter() - asked_at) * 1000)
                turn += connections

    began = time.perf_counter()
    threads = [threading.Thread(target=ask, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took_s = time.perf_counter() - began
    ordered = sorted(times_ms)
    if not ordered:
        raise SystemExit(f"{task.server.name} did not answer {task.paths[0]}.")
    p50, p99 = (ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.99))
    return Figures(len(ordered) / took_s, p50, p99, sum(received) / took_s / 1e6)


def take_answer(connection: socket.socket) -> int:
    """Read one answer of a known length to its end; the bytes of its body."""
    head = b""
    while (end := head.find(b"\r\n\r\n")) < 0:
        head += received_from(connection)
    fields = head[:end].lower()
    if fields[9:12] not in (b"200", b"206"):
        raise SystemExit(f"A server answered {head[:end]!r}")
    _, _, length = fields.partition(b"content-length:")
    whole = int(length.partition(b"\r\n")[0])
    left = whole - (len(head) - end - 4)
    while left > 0:
        left -= len(received_from(connection))
    return whole


def received_from(connection: socket.socket) -> bytes:
    chunk = connection.recv(CHUNK_BYTES)
    if not chunk:
        raise SystemExit("A server closed its connection in the middle of an answer.")
    return chunk


def race(tasks: Sequence[Task], *, connections: int, seconds: float, rounds: int) -> list[Figures]:
    """The median figures of each task; they take turns, so that all see the same noise of the machine."""
    taken: list[list[Figures]] = [[] for _ in tasks]
    for task in tasks:
        run(task, connections, min(seconds, 0.5))
    for _ in range(rounds):
        for task, figures in zip(tasks, taken, strict=True):
            figures.append(run(task, connections, seconds))
    return [median_of(figures) for figures in taken]


def median_of(rounds: Sequence[Figures]) -> Figures:
    middle = (statistics.median(getattr(one, name) for one in rounds) for name in Figures.__dataclass_fields__)
    return Figures(*middle)
