"""Between the ASGI server and the WSGI app: a thread is taken to make an answer, never to wait for the client."""

import asyncio
import contextvars
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from starlette.types import Receive, Scope, Send
from werkzeug.datastructures import Headers

from musicapp.front.bodies import Body
from musicapp.front.compression import compressed
from musicapp.front.environ import environ_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

P = ParamSpec("P")
T = TypeVar("T")

BODY = "musicapp.body"
"""Where the scope holds the request's body."""
WHOLE_BYTES = 2 << 20
"""Answers up to this length leave their thread in one piece; longer ones are streamed."""
STALLED_S = 60.0
"""A streamed answer of which the client takes nothing for so long is given up."""


class Bridge:
    """The WSGI app as an ASGI app that works in at most `threads` threads at once."""

    def __init__(self, app: "WSGIApplication", threads: int) -> None:
        self.app = app
        self.executor = ThreadPoolExecutor(threads, thread_name_prefix="web")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body: Body = scope[BODY]
        answer = Answer(contextvars.copy_context(), self.executor, send)
        made = await answer.in_thread(self._make, environ_of(scope, body.file, body.size_bytes), answer)
        if isinstance(made, bytes):
            await answer.begin()
            await send({"type": "http.response.body", "body": made})
        else:
            await answer.stream(made, receive)

    def close(self) -> None:
        """Let the threads end."""
        self.executor.shutdown(wait=False)

    def _make(self, environ: "WSGIEnvironment", answer: "Answer") -> "bytes | Iterable[bytes]":
        chunks = self.app(environ, answer.start_response)
        length_bytes = answer.headers.get("Content-Length", None, type=int)
        if length_bytes is None or length_bytes > WHOLE_BYTES:
            return chunks
        try:
            whole = b"".join(chunks)
        finally:
            _close(chunks)
        return compressed(environ, answer.status, answer.headers, whole)


class Answer:
    """One answer of the app on its way to the client."""

    def __init__(self, context: contextvars.Context, executor: ThreadPoolExecutor, send: Send) -> None:
        self.status = ""
        self.headers = Headers()
        self._context = context
        self._executor = executor
        self._send = send

    def start_response(
        self, status: str, headers: list[tuple[str, str]], exc_info: object = None, /
    ) -> Callable[[bytes], object]:
        """Take down status and headers; they are sent with the first bytes."""
        self.status, self.headers = status, Headers(headers)
        return _refuse_write

    def in_thread(self, call: Callable[P, T], *args: P.args, **named: P.kwargs) -> asyncio.Future[T]:
        """Run a piece of the app; all pieces of one answer see the same context variables."""
        run = self._context.run
        return asyncio.get_running_loop().run_in_executor(self._executor, lambda: run(call, *args, **named))

    async def begin(self) -> None:
        """Send status and headers."""
        raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in self.headers]
        await self._send({"type": "http.response.start", "status": int(self.status[:3]), "headers": raw})

    async def stream(self, chunks: Iterable[bytes], receive: Receive) -> None:
        """Send chunk by chunk while the client takes them."""
        left = asyncio.create_task(_client_left(receive))
        try:
            await self._send_all(iter(chunks), left)
        except TimeoutError:
            return
        finally:
            left.cancel()
            await self.in_thread(_close, chunks)

    async def _send_all(self, chunks: Iterator[bytes], left: asyncio.Task[None]) -> None:
        chunk = await self.in_thread(next, chunks, None)
        await self.begin()
        while chunk is not None:
            async with asyncio.timeout(STALLED_S):
                await self._send({"type": "http.response.body", "body": chunk, "more_body": True})
            if left.done():
                return
            chunk = await self.in_thread(next, chunks, None)
        await self._send({"type": "http.response.body", "body": b""})


async def _client_left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _refuse_write(chunk: bytes) -> object:
    raise TypeError("Answer with an iterable of bytes: write() is not supported here.")


def _close(chunks: Iterable[bytes]) -> None:
    close = getattr(chunks, "close", None)
    if close is not None:
        close()
