"""`python -m musicapp.supervisor.web`: granian, whose workers are forks that share the site's code in memory."""

import gc
import logging
import multiprocessing
import sys
from collections.abc import Mapping

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from config import ROOT, Config
from musicapp.settings import SettingsError, environment

log = logging.getLogger(__name__)

LISTENERS_LEAVE_WITHIN_S = 5
LISTENERS = 4096  # per worker; granian's own limit lets the page of the 513th wait for the music of the others
BUFFER_BYTES = 64 * 1024  # per connection: its own default would take the memory of the whole site for 500 of them


def load_site(environ: Mapping[str, str]) -> None:
    """Make the site once and drop it: its modules stay, its tables are up to date, and every worker makes its own."""
    from musicapp import create_app
    from musicapp.database import close_connections
    from musicapp.doctor.settings import names

    app = create_app()
    for slip in names(app, environ):
        if slip.level != "well":
            log.warning("%s %s", slip.says, slip.do)
    close_connections(app)


def main() -> None:
    """Serve the site that the environment names; a setting that cannot be used is told in a sentence."""
    try:
        environ = environment(ROOT / ".env")
        config = Config.read(environ)
        load_site(environ)
    except SettingsError as problem:
        sys.exit(str(problem))
    if sys.platform == "linux":
        multiprocessing.set_start_method("fork")
    gc.collect()
    gc.freeze()
    Granian(
        "musicapp.front:create_front",
        factory=True,
        interface=Interfaces.ASGI,
        websockets=False,
        address=config.host,
        port=config.port,
        workers=config.web_workers,
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
