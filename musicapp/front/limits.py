"""How long a body each route of the site takes."""

from collections.abc import Callable

from flask import Flask
from starlette.types import Scope
from werkzeug.exceptions import HTTPException

from musicapp.front.bodies import MB

DEFAULT_BYTES = MB


def route_limits(app: Flask) -> Callable[[Scope], int]:
    """A function that finds a request's route and tells the longest body in bytes that it declares."""
    max_body = app.extensions["musicapp"].max_body
    routes = app.url_map.bind("localhost")

    def limit_for(scope: Scope) -> int:
        try:
            endpoint, _ = routes.match(scope["path"], scope["method"])
        except HTTPException:
            return DEFAULT_BYTES
        return int(max_body(endpoint) or DEFAULT_BYTES)

    return limit_for
