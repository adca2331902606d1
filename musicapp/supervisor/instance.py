"""The instance folder before the site starts: ours alone, and used by one supervisor at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from musicapp.supervisor.process import CannotStart


@contextmanager
def only_one(instance: Path, note: str) -> Iterator[None]:
    """Make the folder and hold it; whoever comes second is told who is there, by the `note` the first one left."""
    try:
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        run = instance / "run"
        run.mkdir(mode=0o700, exist_ok=True)
        lock = (run / "supervisor.lock").open("a+")
    except OSError as problem:
        raise CannotStart(f"The instance folder {instance} cannot be used: {problem.strerror}.") from problem
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CannotStart(
                f"The site in {instance} already runs: {lock.read() or 'it has just been started'}. "
                "Stop it first, or give this one a folder of its own with MUSICAPP_INSTANCE."
            ) from None
        lock.truncate(0)
        lock.write(note)
        lock.flush()
        yield
        lock.truncate(0)


def setup_address(instance: Path) -> str:
    """The one-time address that the site wrote while it has no admin, or nothing."""
    try:
        return (instance / "run" / "setup-address").read_text().strip()
    except OSError:
        return ""
