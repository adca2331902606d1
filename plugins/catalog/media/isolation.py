"""Asking a child process about files, and making sense of how it ended."""

import contextlib
import json
import logging
import math
import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from musicapp.confined import Limits, command

from .answers import Answer

MEDIA = Path(__file__).parent
# Libraries, and a file that is mapped.
ADDRESSES_MB = 192 + 1100
STDERR_LIMIT = 2_000
LATE = 1_000
STOPPED_BY_OTHERS = {-signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP}
log = logging.getLogger(__name__)


class ChildFailed(RuntimeError):
    """The child could not work at all, which is no fault of the file: try again later."""


def ask_child(
    verb: str,
    files: Sequence[tuple[Path, str]],
    *,
    time_limit_s: float,
    memory_mb: int,
    file_mb: int = 0,
    **wishes: Any,
) -> tuple[list[Answer], str | None]:
    """Have a child answer for (path, name) files; return the answers, and a sentence if it died on the next file.

    The child may write files of `file_mb`; `wishes` are what else its verb is told. Raises `ChildFailed` when it was
    stopped from outside or could not start.
    """
    asked = json.dumps([[os.path.abspath(path), name, wishes] for path, name in files])
    ended = _run(answering(verb, memory_mb, math.ceil(time_limit_s) + 1, file_mb), asked.encode(), time_limit_s)
    if ended.returncode == LATE:
        return _answers(ended.stdout), too_slow(time_limit_s)
    _log_complaints(verb, ended.stderr)
    answers = _answers(ended.stdout)
    if len(answers) == len(files):
        return answers, None
    return answers, sentence_for(ended.returncode, time_limit_s, ended.stderr)


def answering(verb: str, memory_mb: int, cpu_s: int, file_mb: int = 0) -> list[str]:
    """How a child is started that answers for files."""
    return command(MEDIA, "answers", Limits(memory_mb, cpu_s, file_mb, ADDRESSES_MB), verb)


def _run(command: list[str], asked: bytes, time_limit_s: float) -> subprocess.CompletedProcess[bytes]:
    """Run a child to its end, or end it and all that it started; then its returncode is `LATE`."""
    pipe = subprocess.PIPE
    environment = {"LC_ALL": "C.UTF-8"}
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, cwd="/", env=environment, start_new_session=True
    ) as child:
        try:
            stdout, stderr = child.communicate(asked, timeout=time_limit_s)
        except subprocess.TimeoutExpired:
            _end_group(child.pid)
            stdout, stderr = child.communicate()
            return subprocess.CompletedProcess(command, LATE, stdout, stderr)
        finally:
            if child.returncode != 0:
                _end_group(child.pid)
    return subprocess.CompletedProcess(command, child.returncode, stdout, stderr)


def _end_group(group: int) -> None:
    """End a child and what it left running; its group has the child's number."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _answers(stdout: bytes) -> list[Answer]:
    """Read the lines that were finished."""
    return [json.loads(line) for line in stdout.splitlines(keepends=True) if line.endswith(b"\n")]


def sentence_for(returncode: int, time_limit_s: float, stderr: bytes) -> str:
    """Say how a child ended on a file; raises `ChildFailed` when the file is not to blame."""
    if returncode >= 0 or returncode in STOPPED_BY_OTHERS:
        raise ChildFailed(f"child ended with {returncode}: {stderr[-STDERR_LIMIT:].decode(errors='replace')}")
    if returncode == -signal.SIGXCPU:
        return too_slow(time_limit_s)
    return "The file is damaged so badly that the program reading it broke off. Export it again and upload it again."


def too_slow(time_limit_s: float) -> str:
    """Say that a file was given up."""
    return f"The file took longer than {time_limit_s:g} seconds to read and was given up. Save it in a simpler form."


def _log_complaints(verb: str, stderr: bytes) -> None:
    if stderr:
        log.warning("child for %s: %s", verb, stderr[-STDERR_LIMIT:].decode(errors="replace"))
