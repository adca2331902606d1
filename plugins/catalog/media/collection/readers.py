"""Children that read the files of a collection, several at once; a hostile file costs its own answer and no other."""

import io
import json
import os
import select
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from types import TracebackType
from typing import IO, Any

from ..isolation import STDERR_LIMIT, ChildFailed, answering, sentence_for, too_slow
from ..tags import Tags
from .facts import Facts
from .length import Length

MEMORY_MB = 256
# A child lives for many files; what one of them may take, its parent watches.
LIFE_S = 24 * 60 * 60
PATIENCE_S = 20.0
SLOWEST_BYTES_PER_S = 4 << 20
READ_BYTES = 1 << 16


@dataclass(frozen=True)
class Wanted:
    """A file to read."""

    path: bytes
    size_bytes: int

    @property
    def time_limit_s(self) -> float:
        """How long a child may take for it; slow disks are given their time."""
        return PATIENCE_S + self.size_bytes / SLOWEST_BYTES_PER_S


Reading = Facts | str  # what a file is, or the sentence that refuses it


class Readers:
    """A few children that answer side by side; to be closed, best by `with`."""

    def __init__(self, count: int) -> None:
        self.idle: SimpleQueue[Child] = SimpleQueue()
        self.children = [Child() for _ in range(count)]
        for child in self.children:
            self.idle.put(child)
        self.threads = ThreadPoolExecutor(count, "reader")

    def read(self, files: Sequence[Wanted]) -> "Future[list[Reading]]":
        """Read these files, soon; the future answers for each in order and raises `ChildFailed` when none can work."""
        return self.threads.submit(self._read, files)

    def _read(self, files: Sequence[Wanted]) -> list[Reading]:
        child = self.idle.get()
        try:
            return list(child.read(files))
        finally:
            self.idle.put(child)

    def __enter__(self) -> "Readers":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.threads.shutdown(wait=error is None, cancel_futures=True)
        for child in self.children:
            child.close()
        self.threads.shutdown()
        for child in self.children:
            child.end()


class Child:
    """One process that reads; it is started when it is needed, and again after a file that killed it."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.complaints: IO[bytes] = io.BytesIO()
        self.heard = b""
        self.closed = False

    def read(self, files: Sequence[Wanted]) -> Iterator[Reading]:
        """Answer for each file in order."""
        at = 0
        while at < len(files):
            self.ask(files[at:])
            for wanted in files[at:]:
                at += 1
                answer = self.answer(wanted)
                yield answer if isinstance(answer, str) else known(answer)
                if self.process is None:
                    break

    def ask(self, files: Sequence[Wanted]) -> None:
        if self.closed:
            raise ChildFailed("The reading was broken off.")
        question = json.dumps([[path := os.fsdecode(one.path), os.path.basename(path)] for one in files])
        process = self.process or self.start()
        assert process.stdin is not None
        try:
            process.stdin.write(question.encode() + b"\n")
            process.stdin.flush()
        except BrokenPipeError:
            self.end()
            raise ChildFailed("The program that reads files ended by itself.") from None

    def answer(self, wanted: Wanted) -> dict[str, Any] | str:
        """The child's answer for the next file, or a sentence when the file was too much for it."""
        line = self.line(time.monotonic() + wanted.time_limit_s)
        if line:
            said = json.loads(line)
            return str(said["refused"]) if "refused" in said else dict(said["result"])
        return self.ending(wanted)

    def line(self, until: float) -> bytes:
        """The next line that the child says, or nothing when it is late or dead."""
        assert self.process is not None and self.process.stdout is not None
        pipe = self.process.stdout.fileno()
        while b"\n" not in self.heard:
            left_s = until - time.monotonic()
            if left_s <= 0 or not select.select([pipe], [], [], left_s)[0]:
                return b""
            more = os.read(pipe, READ_BYTES)
            if not more:
                return b""
            self.heard += more
        line, _, self.heard = self.heard.partition(b"\n")
        return line

    def ending(self, wanted: Wanted) -> str:
        """End the child that gave no answer, and say what was wrong with its file."""
        assert self.process is not None
        try:
            returncode = self.process.wait(timeout=0.2)
        except subprocess.TimeoutExpired:
            self.end()
            return too_slow(wanted.time_limit_s)
        self.complaints.seek(0)
        said = self.complaints.read()[-STDERR_LIMIT:]
        self.end()
        return sentence_for(returncode, wanted.time_limit_s, said)

    def start(self) -> "subprocess.Popen[bytes]":
        self.heard = b""
        self.complaints = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        self.process = subprocess.Popen(
            answering("facts", MEMORY_MB, LIFE_S),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.complaints,
            cwd="/",
            env={"LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
        return self.process

    def close(self) -> None:
        """Let nothing more be read, whatever is being read now; for another thread than the reading one."""
        self.closed = True
        if self.process is not None:
            self.process.kill()

    def end(self) -> None:
        """Stop the process and put away what belongs to it."""
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            process.communicate()
        self.complaints.close()


def known(result: dict[str, Any]) -> Facts:
    """The facts as the child wrote them."""
    return Facts(**{**result, "tags": Tags(**result["tags"]), "length": Length(**result["length"])})
