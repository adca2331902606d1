"""The ASGI app that stands before the site: what it lets in, and in which shape."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote_from_bytes

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from musicapp.front.bodies import MB, Body, ClientLeft, Patience, Spool
from musicapp.front.bridge import BODY, Bridge
from musicapp.front.files import PREFIX, Files
from musicapp.front.refusals import Refusal

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

WITHOUT_SIGN_IN_BYTES = MB
LINGER_S = 30.0
LINGER_IDLE_S = 5.0

log = logging.getLogger("musicapp.front")


class Front:
    """Serves a WSGI app: files without a thread, bodies before a thread, and nothing but HTTP."""

    def __init__(
        self,
        app: "WSGIApplication",
        *,
        roots: Mapping[str, Path] | None,
        spool_dir: Path,
        limit_for: Callable[[Scope], int],
        threads: int = 8,
        spool_bytes: int = 2048 * MB,
        session_cookie: str = "session",
        patience: Patience | None = None,
    ) -> None:
        """`limit_for` tells the longest body in bytes that a request's route takes. Without `roots` the server before
        this one sends the files that views name."""
        self.spool = Spool(spool_dir, disk_bytes=spool_bytes, patience=patience)
        self.bridge = Bridge(app, threads)
        self.files = self.bridge if roots is None else Files(self.bridge, roots)
        self.limit_for = limit_for
        self.session_cookie = session_cookie

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1000})
        else:
            await self._let_in(_as_one_spelling(scope), receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            event = (await receive())["type"]
            if event == "lifespan.shutdown":
                self.bridge.close()
            await send({"type": f"{event}.complete"})
            if event == "lifespan.shutdown":
                return

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            if scope["path"].startswith(PREFIX):
                raise Refusal(404, "There is no page at this address.")
            body = await self._body(scope, receive)
        except Refusal as refusal:
            await refusal.answer(scope, send)
            if refusal.status != 408:
                await _linger(receive)
        except ClientLeft:
            return
        else:
            await self._answer(scope, body, receive, send)

    async def _body(self, scope: Scope, receive: Receive) -> Body:
        headers = Headers(scope=scope)
        if scope["http_version"] in ("1.0", "1.1") and not {"content-length", "transfer-encoding"} & set(headers):
            return self.spool.nothing()
        return await self.spool.read(
            receive,
            declared_bytes=_declared_bytes(headers.get("content-length", "")),
            limit_bytes=self._limit_bytes(scope, headers),
        )

    async def _answer(self, scope: Scope, body: Body, receive: Receive, send: Send) -> None:
        began = False

        async def note_begin(message: Mapping[str, object]) -> None:
            nonlocal began
            began = True
            await send(dict(message))

        try:
            await self.files({**scope, BODY: body}, receive, note_begin)
        except Exception:
            log.exception("The app failed on %s %s", scope["method"], scope["path"])
            if began:
                raise
            await Refusal(500, "Something went wrong here. Please try again later.").answer(scope, send)
        finally:
            body.close()

    def _limit_bytes(self, scope: Scope, headers: Headers) -> int:
        limit_bytes = self.limit_for(scope)
        return limit_bytes if self._shows_a_sign_in(headers) else min(limit_bytes, WITHOUT_SIGN_IN_BYTES)

    def _shows_a_sign_in(self, headers: Headers) -> bool:
        """Whether the request claims to be somebody's; the app finds out if that is so."""
        cookies = (cookie.partition("=")[0].strip() for cookie in headers.get("cookie", "").split(";"))
        return "authentication-token" in headers or "authorization" in headers or self.session_cookie in cookies


def _as_one_spelling(scope: Scope) -> Scope:
    """The request without headers and bytes that WSGI would read in another way than they were written."""
    headers = [(name, value) for name, value in scope["headers"] if b"_" not in name and name != b"x-accel-redirect"]
    query = scope["query_string"]
    if not query.isascii():
        query = quote_from_bytes(query, safe="%&=+;,/?:@!$'()*~").encode("ascii")
    return {**scope, "headers": headers, "query_string": query}


def _declared_bytes(length: str) -> int | None:
    return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else None


async def _linger(receive: Receive) -> None:
    """Read on for a while after a refusal: a browser that is cut off while it sends shows no answer at all."""
    try:
        async with asyncio.timeout(LINGER_S):
            more = True
            while more:
                async with asyncio.timeout(LINGER_IDLE_S):
                    more = (await receive()).get("more_body", False)
    except TimeoutError:
        return
