"""A Redis of our own, kept for one instance folder: its files, its socket, its start and its end."""

import fcntl
import json
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from musicapp.redis.address import RedisAddress, answers, note_path, noted_socket, tell
from musicapp.redis.engine import Engine, find_engine
from musicapp.tether import tether

LONGEST_SOCKET_PATH = 100
SOCKET_FOLDER = "musicapp-"
STOP_WITHIN_S = 10.0


class RedisError(RuntimeError):
    """The embedded Redis cannot be used; the message says why and what to do."""


class EmbeddedRedis:
    """One server for one instance folder: its queue outlives restarts, and nobody else may use its files meanwhile.

    `with EmbeddedRedis(instance) as redis:` runs it; a supervisor calls `prepare`, runs `command` itself, then `clear`.
    """

    def __init__(self, instance: Path, engine: Engine | None = None) -> None:
        self.instance = instance
        self.engine = engine or find_engine()
        self.folder = instance / "redis" / str(self.engine)
        self.socket = Path()
        self.owner: IO[str] | None = None
        self.lock: IO[str] | None = None
        self.server: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> RedisAddress:
        return RedisAddress.of_socket(self.socket)

    @property
    def command(self) -> list[str]:
        """What starts the server in the foreground: every write kept, nothing evicted, no port, no strangers."""
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.folder),
            "appendonly": "yes",
            "save": "",
            "maxmemory-policy": "noeviction",
            "loglevel": "warning",
        }
        return [str(self.engine.program), *(word for name, value in options.items() for word in (f"--{name}", value))]

    @property
    def inherited(self) -> tuple[int, ...]:
        """The file that the server must inherit: while it lives, the data folder stays locked."""
        return (self.lock.fileno(),) if self.lock else ()

    def prepare(self) -> None:
        """Make the folders, take the data folder, clear what a crash left, and note where the server will listen."""
        try:
            self.settle_in()
        except OSError as problem:
            self.clear_locks()
            raise RedisError(f"Redis cannot use {problem.filename or self.folder}: {problem.strerror}.") from problem

    def settle_in(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        note_path(self.instance).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.take_folder()
        self.forget_note()
        self.socket = new_socket_folder() / "redis.sock"
        part = note_path(self.instance).with_suffix(".part")
        part.write_text(json.dumps({"url": self.address.url}))
        part.replace(note_path(self.instance))

    def take_folder(self) -> None:
        """Lock the data folder; a server whose starter was killed is asked to end first."""
        self.owner = locked(self.folder / "owner.lock")
        if self.owner is None:
            raise RedisError(f"Another process already runs the Redis of {self.instance}. Stop that one first.")
        patience = time.monotonic() + STOP_WITHIN_S
        while (lock := locked(self.folder / "server.lock")) is None:
            if time.monotonic() > patience:
                self.clear_locks()
                raise RedisError(f"A Redis from before still uses {self.folder} and does not stop. End it, try again.")
            left_over = noted_socket(self.instance)
            if left_over:
                tell(left_over, "SHUTDOWN")
            time.sleep(0.05)
        self.lock = lock

    def answers(self) -> bool:
        return answers(self.socket)

    def set_aside(self) -> str:
        """Move files away that the server cannot start from; it is then started on an empty folder."""
        unread = self.folder / "appendonlydir"
        aside = self.folder / f"unreadable-{int(time.time())}"
        if unread.exists():
            unread.rename(aside)
        return f"Its files could not be read and now lie in {aside}. Jobs are kept in the database: none is lost."

    def start(self, within_s: float = 10.0) -> None:
        self.prepare()
        self.server = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=self.inherited,
            start_new_session=True,
            preexec_fn=tether(),  # noqa: PLW1509 (no Python runs in it but one C call)
        )
        patience = time.monotonic() + within_s
        while not self.answers():
            if self.server.poll() is not None or time.monotonic() > patience:
                self.stop()
                raise RedisError(f"{self.engine.program} did not start on {self.folder}. Run it by hand to see why.")
            time.sleep(0.01)

    def stop(self) -> None:
        """End the server as it likes to be ended (it writes what it holds), or by force after ten seconds."""
        if self.server is not None:
            self.server.terminate()
            try:
                self.server.wait(STOP_WITHIN_S)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()
            self.server = None
        self.clear()

    def clear(self) -> None:
        """Give the data folder back and remove the note and the socket; the server has ended."""
        self.forget_note()
        self.clear_locks()

    def clear_locks(self) -> None:
        for lock in (self.lock, self.owner):
            if lock is not None:
                lock.close()
        self.lock = self.owner = None

    def forget_note(self) -> None:
        path = noted_socket(self.instance)
        if path and path.parent.name.startswith(SOCKET_FOLDER):
            shutil.rmtree(path.parent, ignore_errors=True)
        note_path(self.instance).unlink(missing_ok=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()


def new_socket_folder() -> Path:
    """A folder that only we may enter, with a name short enough for a socket (108 bytes, 104 on macOS)."""
    usual = tempfile.gettempdir()
    short = usual if len(usual) + len("/musicapp-12345678/redis.sock") < LONGEST_SOCKET_PATH else "/tmp"
    return Path(tempfile.mkdtemp(prefix=SOCKET_FOLDER, dir=short))


def locked(path: Path) -> IO[str] | None:
    """The file, locked for us and for every child that inherits it, or None when somebody else has it."""
    file = path.open("a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file
