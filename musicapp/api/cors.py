"""Calls from other sites' pages: off, unless `CORS_ORIGINS` names them; then for the API only, without cookies."""

from flask import Flask, Response, request

METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE"
HEADERS = (
    "Authorization, Authentication-Token, Content-Type, Idempotency-Key, If-None-Match, Range, "
    "Tus-Resumable, Upload-Length, Upload-Offset, Upload-Metadata, Upload-Checksum"
)
EXPOSED = (
    "ETag, Location, Retry-After, Content-Range, X-Request-Id, "
    "Tus-Resumable, Tus-Version, Tus-Extension, Tus-Max-Size, Upload-Length, Upload-Offset, Upload-Expires"
)


def init_app(app: Flask) -> None:
    allowed = frozenset(origin.rstrip("/") for origin in app.config["CORS_ORIGINS"])

    @app.before_request
    def answer_preflight() -> Response | None:
        if request.method != "OPTIONS" or not request.path.startswith("/api/"):
            return None
        response = Response(status=204)
        if request.headers.get("Origin") in allowed:
            response.headers["Access-Control-Allow-Methods"] = METHODS
            response.headers["Access-Control-Allow-Headers"] = HEADERS
            response.headers["Access-Control-Max-Age"] = "600"
        return response

    if not allowed:
        return

    @app.after_request
    def allow(response: Response) -> Response:
        if not request.path.startswith("/api/"):
            return response
        response.vary.add("Origin")
        if (origin := request.headers.get("Origin")) in allowed and origin:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = EXPOSED
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response
