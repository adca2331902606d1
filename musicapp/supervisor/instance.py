"""The instance folder before the site starts: ours alone, and used by one supervisor at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from musicapp.supervisor.process import CannotStart

WHOLE = "supervisor"


@contextmanager
def only_one(instance: Path, note: str, part: str = "") -> Iterator[None]:
    """Make the folder and hold it, or one `part` of the site; whoever comes second is told who is there, by the `note`
    the first one left. Parts share the folder with each other, and with no whole site."""
    with ExitStack() as held:
        try:
            instance.mkdir(mode=0o700, parents=True, exist_ok=True)
            run = instance / "run"
            run.mkdir(mode=0o700, exist_ok=True)
            whole = held.enter_context((run / f"{WHOLE}.lock").open("ab+", buffering=0))
            own = held.enter_context((run / f"{part}.lock").open("ab+", buffering=0)) if part else whole
            if part:
                hold(whole, fcntl.LOCK_SH, instance)
            hold(own, fcntl.LOCK_EX, instance)
            own.truncate(0)
            own.write(note.encode())
        except OSError as problem:
            raise CannotStart(f"The instance folder {instance} cannot be used: {problem.strerror}.") from problem
        yield
        own.truncate(0)


def hold(lock: IO[bytes], how: int, instance: Path) -> None:
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CannotStart(
            f"The site in {instance} already runs: {noted(instance) or 'it has just been started'}. "
            "Stop it first, or give this one a folder of its own with MUSICAPP_INSTANCE."
        ) from None


def noted(instance: Path) -> str:
    """What those who hold the folder, or a part of the site in it, said of themselves."""
    notes = (path.read_text() for path in sorted((instance / "run").glob("*.lock")))
    return "; ".join(note for note in notes if note)


def setup_address(instance: Path) -> str:
    """The one-time address that the site wrote while it has no admin, or nothing."""
    try:
        return (instance / "run" / "setup-address").read_text().strip()
    except OSError:
        return ""
