"""Asking a child process about files, and making sense of how it ended."""

import json
import logging
import math
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from .answers import Answer

CHILD = Path(__file__).with_name("child.py")
STDERR_LIMIT = 2_000
STOPPED_BY_OTHERS = {-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP}
log = logging.getLogger(__name__)


class ChildFailed(RuntimeError):
    """The child could not work at all, which is no fault of the file: try again later."""


def ask_child(
    verb: str, files: Sequence[tuple[Path, str]], *, time_limit_s: float, memory_mb: int
) -> tuple[list[Answer], str | None]:
    """Have a child answer for (path, name) files; return the answers, and a sentence if it died on the next file.

    Raises `ChildFailed` when it was stopped from outside or could not start.
    """
    asked = json.dumps([[os.path.abspath(path), name] for path, name in files])
    command = [sys.executable, "-I", str(CHILD), verb, str(memory_mb), str(math.ceil(time_limit_s) + 1)]
    try:
        ended = subprocess.run(
            command,
            input=asked.encode(),
            capture_output=True,
            timeout=time_limit_s,
            check=False,
            cwd="/",
            env={"LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
    except subprocess.TimeoutExpired as late:
        return _answers(late.stdout or b""), _too_slow(time_limit_s)
    _log_complaints(verb, ended.stderr)
    answers = _answers(ended.stdout)
    if len(answers) == len(files):
        return answers, None
    return answers, _sentence_for(ended.returncode, time_limit_s, ended.stderr)


def _answers(stdout: bytes) -> list[Answer]:
    """Read the lines that were finished."""
    return [json.loads(line) for line in stdout.splitlines(keepends=True) if line.endswith(b"\n")]


def _sentence_for(returncode: int, time_limit_s: float, stderr: bytes) -> str:
    if returncode >= 0 or returncode in STOPPED_BY_OTHERS:
        raise ChildFailed(f"child ended with {returncode}: {stderr[-STDERR_LIMIT:].decode(errors='replace')}")
    if returncode == -signal.SIGXCPU:
        return _too_slow(time_limit_s)
    return "The file is damaged so badly that the program reading it broke off. Export it again and upload it again."


def _too_slow(time_limit_s: float) -> str:
    return f"The file took longer than {time_limit_s:g} seconds to read and was given up. Save it in a simpler form."


def _log_complaints(verb: str, stderr: bytes) -> None:
    if stderr:
        log.warning("child for %s: %s", verb, stderr[-STDERR_LIMIT:].decode(errors="replace"))
