"""A PostgreSQL server for the tests: its own folder, a socket of its own, gone when they end."""

import os
import shutil
import subprocess
import tempfile
import uuid
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

import psycopg

IN_MEMORY = Path("/dev/shm")
IN_MEMORY_MB = 1024
SETTINGS = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "listen_addresses=",
    "max_connections=60",
)
FILE_COPY_IS_A_CHOICE = 150_000  # older ones know no other way


def find_binaries() -> Path | None:
    """The folder of initdb and postgres, the newest where there are several."""
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists() and (place / "postgres").exists()), None)


def quick_folder() -> Path | None:
    """Where files cost no disk: a database is a thousand of them. None where this machine has no room there."""
    roomy = IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > IN_MEMORY_MB << 20
    return IN_MEMORY if roomy and os.access(IN_MEMORY, os.W_OK) else None


class Postgres:
    """A running server; `create` and `drop` make databases and answer their URLs."""

    def __init__(self, binaries: Path) -> None:
        self.binaries = binaries
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir=quick_folder()))
        self.dropped_next = ""
        self.user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
        if self.user:
            shutil.chown(self.folder, self.user)

    def __enter__(self) -> "Postgres":
        self.run("initdb", "-D", self.data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")
        options = " ".join(f"-c {setting}" for setting in (*SETTINGS, f"unix_socket_directories={self.folder}"))
        self.run("pg_ctl", "-D", self.data, "-w", "-l", str(self.folder / "log"), "-o", options, "start")
        self.connection = psycopg.connect(f"host={self.folder} user=tests dbname=postgres", autocommit=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()
        self.run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    def run(self, program: str, *arguments: str) -> None:
        command = [str(self.binaries / program), *arguments]
        subprocess.run(
            command, check=True, user=self.user, cwd=self.folder, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL
        )

    def create(self, name: str = "", template: str = "template0") -> str:
        """A new database, a copy of `template`; its URL."""
        name = name or f"test_{uuid.uuid4().hex[:12]}"
        copied = "STRATEGY FILE_COPY" if self.connection.info.server_version >= FILE_COPY_IS_A_CHOICE else ""
        self.connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" {copied}')  # type: ignore[arg-type]
        return f"postgresql+psycopg://tests@/{name}?host={self.folder}"

    def drop(self, url: str) -> None:
        """Drop the database dropped before this one: whose connections were closed just now, the server waits for."""
        if self.dropped_next:
            self.connection.execute(f'DROP DATABASE "{self.dropped_next}" WITH (FORCE)')  # type: ignore[arg-type]
        self.dropped_next = urlsplit(url).path[1:]
