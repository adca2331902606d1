"""A chat service on this machine: it takes what is posted and answers as it is told to."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Taken:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class ChatSink:
    """What was posted, and what is answered next: a status, headers and a body; 200 `ok` when nothing is said.

    While `gate` is not set, what comes is taken and not answered.
    """

    url: str = ""
    taken: list[Taken] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str], str]] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)

    def answer(self, status: int, body: str = "", **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers.append((status, named, body))


@contextmanager
def chat_sink() -> Iterator[ChatSink]:
    """A chat that listens until the block ends."""
    sink = ChatSink()
    sink.gate.set()

    class Handler(BaseHTTPRequestHandler):
        """Writes down what comes."""

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            sink.taken.append(Taken(self.path, headers, body))
            sink.gate.wait(60)
            status, said, words = sink.answers.pop(0) if sink.answers else (200, {}, "ok")
            self.send_response(status)
            for name, value in {"Content-Length": str(len(words.encode())), **said}.items():
                self.send_header(name, value)
            with suppress(OSError):  # who asked may be dead by now
                self.end_headers()
                self.wfile.write(words.encode())

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        sink.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield sink
        server.shutdown()
        thread.join()
