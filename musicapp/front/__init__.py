"""The ASGI front: `granian --interface asgi --factory musicapp.front:create_front`."""

import tempfile
from pathlib import Path

from musicapp.front.bodies import MB, Patience
from musicapp.front.entrance import Front
from musicapp.front.limits import route_limits

__all__ = ["Front", "Patience", "create_front"]


def create_front() -> Front:
    """The whole site as an ASGI app, with the settings of the environment."""
    from musicapp.own_site import own_site

    app = own_site()
    # The views are told to name files in any case; what the owner said is kept, since a fork may come by here again.
    proxy_sends = app.config.setdefault("PROXY_SENDS_FILES", app.config["SEND_FILES_BY"] == "accel")
    app.config["SEND_FILES_BY"] = "accel"
    instance = Path(app.config["INSTANCE"])
    spool_dir = instance / "spool"
    front = Front(
        app,
        roots=None if proxy_sends else {"media": instance / "media"},
        spool_dir=spool_dir,
        limit_for=route_limits(app),
        threads=app.config["WEB_THREADS"],
        # Every process keeps to its own share, which needs no talk between them.
        spool_bytes=app.config["SPOOL_MB"] * MB // app.config["WEB_WORKERS"],
        session_cookie=app.config["SESSION_COOKIE_NAME"],
    )
    # Forms copy an uploaded file once more while they are parsed: beside the spool, not in a /tmp that may be memory.
    tempfile.tempdir = str(spool_dir)
    return front
