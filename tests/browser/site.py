"""A whole running site for the browser tests: web, worker, scheduler and embedded Redis, as `make run` starts them."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class RunningSite:
    """Starts the supervisor on an empty instance folder; `url` answers once the block is entered."""

    def __init__(self, instance: Path, **settings: str) -> None:
        self.instance = instance
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.log = instance.with_suffix(".log")
        clean = {key: value for key, value in os.environ.items() if not key.startswith("MUSICAPP_")}
        place = {"MUSICAPP_INSTANCE": str(instance), "MUSICAPP_PORT": str(self.port)}
        # All people of all tests sign up from this machine.
        self.environ = clean | place | {"MUSICAPP_AUTH_SIGN_UPS": "1000", **settings}

    def __enter__(self) -> "RunningSite":
        with self.log.open("wb") as log:
            command = [sys.executable, "-m", "musicapp.supervisor"]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environ, stdout=log, stderr=log)
        self.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(PATIENCE_S)

    def wait(self) -> None:
        """Until /readyz answers; a site that ends or never comes shows its log."""
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=1):
                    return
            except OSError:
                time.sleep(0.1)
        self.process.kill()
        raise AssertionError(f"The site did not start:\n{self.log.read_text()[-4000:]}")

    def setup_address(self) -> str:
        """Where the first admin is made, as the console prints it."""
        return (self.instance / "run" / "setup-address").read_text().strip()
