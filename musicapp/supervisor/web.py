"""`python -m musicapp.supervisor.web`: granian, whose workers are forks that share the site's code in memory."""

import logging
import multiprocessing
import sys

from flask import Flask
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from musicapp.doctor.settings import names
from musicapp.own_site import own_site, ready_to_fork
from musicapp.plugins.problems import PluginRefused
from musicapp.settings import SettingsError
from musicapp.supervisor.port import numeric

log = logging.getLogger(__name__)

LISTENERS_LEAVE_WITHIN_S = 5
LISTENERS = 4096  # per worker; granian's own limit lets the page of the 513th wait for the music of the others
BUFFER_BYTES = 64 * 1024  # per connection: its own default would take the memory of the whole site for 500 of them


def tell_slips(app: Flask) -> None:
    """Say which settings nothing reads."""
    for slip in names(app, app.extensions["environ"]):
        if slip.level != "well":
            log.warning("%s %s", slip.says, slip.do)


def main() -> None:
    """Serve the site that the environment names; a setting that cannot be used is told in a sentence."""
    try:
        app = own_site()
    except (PluginRefused, SettingsError) as problem:
        sys.exit(str(problem))
    tell_slips(app)
    ready_to_fork(app)
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork")
    Granian(
        "musicapp.front:create_front",
        factory=True,
        interface=Interfaces.ASGI,
        websockets=False,
        address=numeric(app.config["HOST"]),
        port=app.config["PORT"],
        workers=app.config["WEB_WORKERS"],
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(max_buffer_size=BUFFER_BYTES),
        backlog=LISTENERS,
        backpressure=LISTENERS,
        respawn_failed_workers=True,
        workers_kill_timeout=LISTENERS_LEAVE_WITHIN_S,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()
