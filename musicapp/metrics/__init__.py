"""Numbers for Prometheus: what requests there were, counted over all processes of the site, and how it goes."""

import time

from flask import Flask, Response, g, request

from musicapp.metrics.counting import RequestCounts

__all__ = ["init_app"]


def init_app(app: Flask) -> None:
    """Count every request, from when it came in to when its answer was made."""
    counts = app.extensions["request_counts"] = RequestCounts(app.extensions["redis_address"])

    @app.after_request
    def count(response: Response) -> Response:
        ended = time.perf_counter()
        counts.note(request.endpoint or "", response.status_code, ended - g.get("began", ended))
        return response
