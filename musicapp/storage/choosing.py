"""Where this site keeps its files: on local disk, or in the bucket that the settings name."""

from pathlib import Path

from flask import Flask

from musicapp.storage.store import Store


def init_app(app: Flask) -> None:
    """Give the app its store, under which parts and copies lie on local disk in either case."""
    root = Path(app.config["INSTANCE"]) / "media"
    if not app.config["S3_BUCKET"]:
        app.extensions["media_store"] = Store(root)
        return
    from musicapp.storage.bucket import open_bucket
    from musicapp.storage.s3 import S3Store

    app.extensions["media_store"] = S3Store(root, open_bucket(app.config))
