"""A site of stand-ins under the real supervisor, Redis and granian: `python -m tests.musicapp.stand_ins`."""

import os
import sys
from typing import TYPE_CHECKING

from musicapp.redis import EmbeddedRedis
from musicapp.supervisor.__main__ import main
from musicapp.supervisor.port import answers_ok
from musicapp.supervisor.process import Process
from musicapp.supervisor.site import embedded, python

if TYPE_CHECKING:
    from config import Config

STUBBORN = "import signal, time; [signal.signal(s, signal.SIG_IGN) for s in (2, 15)]; time.sleep(600)"
WORKER = f"""
import os, subprocess, sys, time
helper = subprocess.Popen([sys.executable, "-c", {STUBBORN!r}, "stubborn-helper"])
print("working with", os.environ["MUSICAPP_REDIS_URL"], os.getpid(), helper.pid)
time.sleep(600)
"""


def small_stages(config: "Config", redis: EmbeddedRedis | None) -> list[list[Process]]:
    """What the real table has, with stand-ins for all that needs the app; the worker's helper ignores SIGTERM."""
    env = {"MUSICAPP_REDIS_URL": redis.address.url} if redis else {}
    listen = ("--host", config.host, "--port", str(config.port), "--workers", "2", "--log-level", "warning")
    serve = python(
        "granian", "--interface", "asgi", *listen, os.environ.get("STAND_IN", "tests.musicapp.stand_in_app:app")
    )

    async def ready() -> bool:
        return await answers_ok(config.host, config.port, "/readyz")

    return [
        *([[embedded(redis)]] if redis else []),
        [Process("worker", [sys.executable, "-c", WORKER, "worker-main"], env, stop_within_s=5)],
        [Process("web", serve, ready=ready)],
    ]


if __name__ == "__main__":
    sys.exit(main(small_stages))
