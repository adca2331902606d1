"""The life of the site: its stages one after the other, until somebody asks it to stop, then all of it ended."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from musicapp.supervisor.child import Child
from musicapp.supervisor.console import Console
from musicapp.supervisor.loaded import LoadedSite
from musicapp.supervisor.process import CannotStart, Process

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECOND_THOUGHT_S = 1.0

Stages = Sequence[Sequence[Process]]


class Supervisor:
    """Runs stages of processes: the next starts when all of the one before are ready, and they end the other way."""

    def __init__(self, stages: Stages, console: Console, folder: Path, on_ready: Callable[[], None]) -> None:
        self.console = console
        self.on_ready = on_ready
        self.site = LoadedSite(console)
        self.stages = [[Child(process, console, folder, self.site) for process in stage] for stage in stages]
        self.started: list[list[Child]] = []
        self.running: asyncio.Task[Any] | None = None
        self.stopping_since: float | None = None

    @property
    def children(self) -> list[Child]:
        return [child for stage in self.started for child in stage]

    @property
    def planned(self) -> list[Process]:
        return [child.process for stage in self.stages for child in stage]

    async def run(self) -> int:
        """Run until a signal or a failure that cannot be mended: the exit code."""
        self.running = asyncio.current_task()
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGCHLD, self.look)
        for number in STOP_SIGNALS:
            loop.add_signal_handler(number, self.ask_to_stop)
        code = 0
        try:
            async with asyncio.TaskGroup() as keepers:
                await self.bring_up(keepers)
        except* CannotStart as problems:
            for problem in problems.exceptions:
                self.console.say(str(problem))
            code = 1
        except* asyncio.CancelledError:
            self.console.say("Stopping; press Ctrl-C again to end everything at once.")
        finally:
            await self.stop()
        return code

    async def bring_up(self, keepers: asyncio.TaskGroup) -> None:
        for stage in self.stages:
            if any(child.process.module for child in stage):
                await self.site.load([process for process in self.planned if process.module])
                self.look()
            self.started.append(stage)
            for child in stage:
                try:
                    await child.start()
                except OSError as problem:
                    raise CannotStart(f"“{child.process.name}” cannot be started: {problem.strerror}.") from problem
                keepers.create_task(child.keep())
            await asyncio.gather(*(child.until_ready() for child in stage))
        self.on_ready()

    def look(self) -> None:
        for child in self.children:
            child.look()
        self.bury_orphans()

    def bury_orphans(self) -> None:
        """As the first process of a container we get every process whose own parent was killed, and nobody else would
        ever ask how it ended (Linux only). While the site is loaded, some are of that thread, which asks for itself."""
        if sys.platform != "linux" or self.site.is_loading:
            return
        ours = {child.popen.pid for child in self.children if child.popen is not None}
        try:
            while ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                if ended.si_pid in ours:
                    return
                os.waitpid(ended.si_pid, 0)
        except ChildProcessError:
            """There is nobody left to wait for."""

    def ask_to_stop(self) -> None:
        """A first signal ends the site in order; a second one, a moment later, at once."""
        if self.stopping_since is None:
            self.stopping_since = time.monotonic()
            if self.running:
                self.running.cancel()
        elif time.monotonic() - self.stopping_since > SECOND_THOUGHT_S:
            for child in self.children:
                child.kill_group()

    async def stop(self) -> None:
        """End the stages from the last to the first; what one of them leaves behind is killed."""
        self.stopping_since = self.stopping_since or time.monotonic()
        for stage in reversed(self.started):
            await asyncio.gather(*(child.stop() for child in stage))
