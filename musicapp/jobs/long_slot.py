"""The one slot for long jobs on this machine, so that the worker's other slot stays free for short ones."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def long_slot(instance: Path) -> Iterator[bool]:
    """Take the slot if it is free: whether we have it. A process that dies gives it back."""
    path = instance / "run" / "long-job.lock"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with path.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
