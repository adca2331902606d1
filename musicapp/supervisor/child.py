"""A process while it runs: started, shown, started again when it dies, and ended with all that it started."""

import asyncio
import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

from musicapp.supervisor.console import Console, Lines
from musicapp.supervisor.fork import Fork, forked
from musicapp.supervisor.loaded import LoadedSite, other_threads
from musicapp.supervisor.process import CannotStart, Process
from musicapp.tether import tether

FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 30.0
STEADY_AFTER_S = 60.0
GIVE_UP_AFTER = 3
REMIND_EVERY_S = 30.0
LAST_LINES_WITHIN_S = 1.0


class Child:
    """One process of the site, in a process group of its own."""

    def __init__(self, process: Process, console: Console, folder: Path, site: LoadedSite) -> None:
        self.process = process
        self.console = console
        self.folder = folder
        self.site = site
        self.popen: subprocess.Popen[bytes] | Fork | None = None
        self.lines = Lines(self.show)
        self.ended = asyncio.Event()
        self.was_ready = False

    async def start(self) -> None:
        """Raises OSError where the system has no room for it; nothing of it is left then."""
        reader, writer = os.pipe()
        try:
            self.lines = Lines(self.show_output)
            await asyncio.get_running_loop().connect_read_pipe(lambda: self.lines, os.fdopen(reader, "rb", 0))
            self.popen = self.begun(writer)
        finally:
            os.close(writer)
        self.ended.clear()

    def begun(self, output: int) -> subprocess.Popen[bytes] | Fork:
        """Its process: a fork where there is a site to fork and nothing speaks against it."""
        if self.process.module and self.site.can_fork():
            return forked(self.process, output, self.site.opened)
        if self.process.module and self.site.is_here:
            self.show(f"is started by its command: a thread runs here ({', '.join(other_threads())}).")
        return self.executed(output)

    def executed(self, output: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self.process.command,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **self.process.env},
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=self.process.inherited,
            start_new_session=True,
            preexec_fn=tether(self.process.orphan_signal),  # noqa: PLW1509 (no Python runs in it but one C call)
        )

    def show(self, text: str) -> None:
        self.console.line(self.process.name, text)

    def show_output(self, text: str) -> None:
        if not self.process.mute or self.process.mute not in text:
            self.show(text)

    def look(self) -> None:
        """Notice whether it has ended; called whenever some child of ours has."""
        if self.popen is not None and self.popen.poll() is not None:
            self.ended.set()

    async def keep(self) -> None:
        """Start it again whenever it ends, after a pause that grows; give up if it was never ready."""
        pause_s, deaths = FIRST_PAUSE_S, 0
        while True:
            started = time.monotonic()
            await self.ended.wait()
            self.kill_group()
            deaths += 1
            if not self.was_ready and deaths >= GIVE_UP_AFTER:
                raise CannotStart(f"“{self.process.name}” ended {deaths} times before it was ready; its lines say why.")
            if not self.was_ready and deaths == 2 and self.process.mend:
                self.show(self.process.mend())
            if time.monotonic() - started > STEADY_AFTER_S:
                pause_s = FIRST_PAUSE_S
            self.show(f"has ended by itself ({self.ending}); it is started again in {pause_s:g} s.")
            await asyncio.sleep(pause_s)
            pause_s = await self.started_again(min(pause_s * 2, LONGEST_PAUSE_S))

    async def started_again(self, pause_s: float) -> float:
        """Start it, however long the system has no room for it: the pause that has been reached."""
        while True:
            try:
                await self.start()
            except OSError as problem:
                self.show(f"cannot be started ({problem.strerror}); it is tried again in {pause_s:g} s.")
                await asyncio.sleep(pause_s)
                pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
            else:
                return pause_s

    @property
    def ending(self) -> str:
        code = self.popen.returncode if self.popen else None
        return f"killed by {signal.Signals(-code).name}" if code is not None and code < 0 else f"exit code {code}"

    async def until_ready(self) -> None:
        """Wait for its readiness, with a reminder now and then for whoever waits too."""
        reminder = time.monotonic() + REMIND_EVERY_S
        while self.process.ready and (self.ended.is_set() or not await self.process.ready()):
            if time.monotonic() > reminder:
                self.show("is not ready yet; the lines above may say why.")
                reminder += REMIND_EVERY_S
            await asyncio.sleep(0.05)
        self.was_ready = True

    async def stop(self) -> None:
        """Ask it to end, wait as long as it may take, then end by force what is left of it."""
        if self.popen is None:
            return
        if not self.ended.is_set():
            self.popen.terminate()
            try:
                async with asyncio.timeout(self.process.stop_within_s):
                    await self.ended.wait()
            except TimeoutError:
                self.show(f"did not end within {self.process.stop_within_s:g} s and was killed.")
        self.kill_group()
        await self.ended.wait()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_LINES_WITHIN_S):
                await self.lines.closed.wait()

    def kill_group(self) -> None:
        """Kill whatever is left of it and of what it started; mostly nothing."""
        if self.popen is not None:
            try:
                os.killpg(self.popen.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                """The group is empty already (macOS says so by PermissionError)."""
