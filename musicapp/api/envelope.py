"""The one shape of an answer: `{"message": …, "data": …}`, and `"next"` for lists."""

import json
from collections.abc import Callable, Mapping
from typing import Any, cast

from flask import Response, current_app, jsonify, request
from pydantic import BaseModel

from musicapp.caching import Kept
from musicapp.paging import Page


def answer(
    data: Any = None,
    message: str = "",
    status: int = 200,
    *,
    location: str = "",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """An answer of the API; `location` is the address of what was created (201) or is being done (202)."""
    response = jsonify({"message": message, "data": plain(data)})
    response.status_code = status
    if location:
        response.headers["Location"] = location
    response.headers.extend(headers or {})
    return response


def listing(page: Page[Any], message: str = "") -> Response:
    """One page of a list; `next` is the cursor of the page after it, or null."""
    return jsonify({"message": message, "data": [plain(row) for row in page.rows], "next": page.next})


def plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else value


def cached(response: Response, *, public_s: int = 0) -> Response:
    """Let clients keep an answer: with an ETag of its content, and 304 for who has it already."""
    response.add_etag()
    return revalidated(response, public_s)


def remembered(
    subject: Kept, key: str, make: Callable[[], Response], *, personal: Callable[[Any], object] | None = None
) -> Response:
    """As `cached`, and kept on our side too, for all who may ask: `key` names all that the answer depends on.

    `personal` writes on the `data` of a kept answer what is for its one reader.
    """
    text, etag = subject.remember(tuple[str, str], key, lambda: text_and_etag(make()))
    if personal is not None:
        whole = json.loads(text)
        personal(whole["data"])
        return cached(jsonify(whole))
    response = current_app.response_class(text, mimetype="application/json")
    response.set_etag(etag)
    return revalidated(response)


def text_and_etag(response: Response) -> tuple[str, str]:
    response.add_etag()
    etag, _ = response.get_etag()
    return response.get_data(as_text=True), str(etag)


def revalidated(response: Response, public_s: int = 0) -> Response:
    response.headers["Cache-Control"] = f"public, max-age={public_s}" if public_s else "private, no-cache"
    return cast(Response, response.make_conditional(request))
