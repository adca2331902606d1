"""A site of a few routes, to be served behind the front (`create_front`) or by any WSGI server (`create_app`)."""

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from flask import Flask, Response, request

from musicapp import errors
from musicapp.front import Front
from musicapp.storage import Store, send_stored

MB = 1 << 20


def create_app() -> Flask:
    app = Flask(__name__)
    app.config["INSTANCE"] = Path(os.environ["SMALL_SITE"])
    app.extensions["media_store"] = Store(app.config["INSTANCE"] / "media")
    errors.init_app(app)

    @app.get("/ping")
    def ping() -> str:
        return "pong"

    @app.get("/api/files/<path:key>")
    def stored(key: str) -> Response:
        return send_stored(key, content_type="audio/mpeg", etag="v1", download_name=request.args.get("name"))

    @app.post("/upload")
    def upload() -> dict[str, object]:
        digest = hashlib.sha256()
        while chunk := request.stream.read(MB):
            digest.update(chunk)
        return {"sha256": digest.hexdigest()}

    @app.get("/endless")
    def endless() -> Response:
        def sounds() -> Iterator[bytes]:
            try:
                while True:
                    time.sleep(0.01)
                    yield bytes(65536)
            finally:
                (app.config["INSTANCE"] / "endless-ended").touch()

        return Response(sounds())

    @app.after_request
    def secure(response: Response) -> Response:
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    return app


def create_front() -> Front:
    app = create_app()
    app.config["SEND_FILES_BY"] = "accel"
    instance = app.config["INSTANCE"]
    return Front(
        app, roots={"media": instance / "media"}, spool_dir=instance / "spool", limit_for=lambda _: 60 * MB, threads=2
    )
