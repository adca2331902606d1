"""Where backups lie, what they are called, and how many of them are kept."""

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from musicapp.backup.problems import BackupFailed
from musicapp.clock import now

NAME = re.compile(r"musicapp-(\d{8}T\d{6})Z\.tar(\.gz)?")
STAMP = "%Y%m%dT%H%M%S"
ENDINGS = (".tar", ".tar.gz", ".tgz")
PART = ".part"
FOLDER = "backups"
SCRATCH = ".scratch-"


def target_of(place: Path) -> Path:
    """The file to write: `place` itself, or one named after this moment where it is a folder."""
    if place.is_dir() or not place.suffix:
        return place / f"musicapp-{now().strftime(STAMP)}Z.tar"
    if not place.name.endswith(ENDINGS):
        raise BackupFailed(f"{place.name} should end in .tar, or in .tar.gz to be compressed as a whole.")
    return place


def kept_backups(folder: Path) -> list[Path]:
    """The backups of this folder that bear a name of ours, the newest first."""
    try:
        return sorted((path for path in folder.iterdir() if NAME.fullmatch(path.name)), reverse=True)
    except (FileNotFoundError, NotADirectoryError):
        return []


def made_at(path: Path) -> datetime:
    """Of which moment a backup with a name of ours is."""
    named = NAME.fullmatch(path.name)
    assert named is not None
    return datetime.strptime(named[1], STAMP).replace(tzinfo=UTC)


def remove_old(folder: Path, keep: int) -> list[Path]:
    """Remove all but the newest `keep` backups of a folder, and only those that bear a name of ours."""
    old = kept_backups(folder)[keep:]
    for path in old:
        path.unlink(missing_ok=True)
    return old


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[Path]:
    """A scratch folder for whoever makes a backup here; a second one is refused, and what a crash left is removed."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / ".backup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BackupFailed(f"Another backup is being made in {folder} right now. Wait for its end.") from None
        for left in folder.glob(f"musicapp-*{PART}"):
            left.unlink()
        remove_left(folder, SCRATCH)
        with tempfile.TemporaryDirectory(prefix=SCRATCH, dir=folder) as scratch:
            os.chmod(scratch, 0o700)
            yield Path(scratch)


def remove_left(folder: Path, prefix: str) -> None:
    """Remove the temporary folders of killed runs, which hold whole databases; for who has the lock of such runs."""
    for left in folder.glob(f"{prefix}????????"):  # as tempfile names them
        shutil.rmtree(left, ignore_errors=True)
