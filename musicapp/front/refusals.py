"""Answers that the front gives itself, before the app hears of a request."""

import json
from collections.abc import Iterable
from html import escape

from starlette.datastructures import Headers
from starlette.types import Scope, Send

TITLES = {
    404: "Not found",
    408: "Too slow",
    413: "Too large",
    500: "Something went wrong",
    503: "Not right now",
}
PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<link rel="stylesheet" href="/static/css/app.css"></head>
<body><main><h1>{title}</h1><p>{sentence}</p><p><a href="/">To the start page</a></p></main></body>
</html>
"""
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Refusal(Exception):
    """A request that is not let through, with the sentence for the person who made it."""

    def __init__(self, status: int, sentence: str, retry_after_s: int | None = None) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.retry_after_s = retry_after_s

    async def answer(self, scope: Scope, send: Send) -> None:
        """Say so as JSON to programs and as a page to people."""
        content_type, text = self._worded(scope)
        body = text.encode()
        headers = HEADERS | {"content-type": content_type, "content-length": str(len(body))}
        if self.retry_after_s is not None:
            headers["retry-after"] = str(self.retry_after_s)
        await send({"type": "http.response.start", "status": self.status, "headers": _raw(headers.items())})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    def _worded(self, scope: Scope) -> tuple[str, str]:
        accepted = Headers(scope=scope).get("accept", "")
        if scope["path"].startswith("/api/") or ("json" in accepted and "html" not in accepted):
            return "application/json", json.dumps({"message": self.sentence, "errors": {}})
        page = PAGE.format(title=TITLES[self.status], sentence=escape(self.sentence))
        return "text/html; charset=utf-8", page


def _raw(headers: Iterable[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
