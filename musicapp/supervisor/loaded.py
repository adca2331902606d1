"""The site in the supervisor's own memory: made once, then forked into its web server and its worker.

Each of them made by itself would take as much memory again, and as long. Where it cannot be had, or a fork would not be
safe, they are started by their commands as any program is.
"""

import asyncio
import contextlib
import ctypes
import os
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from importlib import import_module

from musicapp import stopping
from musicapp.supervisor.console import Console, Lines
from musicapp.supervisor.fork import open_files
from musicapp.supervisor.process import Process

STDERR = 2
M_TRIM_THRESHOLD, M_ARENA_MAX = -1, -8
KEPT_BYTES = 64 * 1024
PATIENCE_S = 1.0
LEAVES_WITHIN_S = 5.0


class LoadedSite:
    """Whether the site is here, and what it has opened."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.is_here = False
        self.is_loading = False
        self.was_tried = False
        self.opened: set[int] = set()

    async def load(self, processes: Iterable[Process]) -> None:
        """Make the site for these processes, or try to, once; what is logged meanwhile is shown as lines of `site`."""
        if self.was_tried or sys.platform != "linux":
            return
        self.was_tried = self.is_loading = True
        try:
            for process in processes:
                os.environ.update(process.env)
            spare_memory()
            async with shown(self.console, "site"):
                before = open_files()
                self.is_here = await done_aside(lambda: make_site([process.module for process in processes]))
            self.opened = open_files() - before
        finally:
            self.is_loading = False

    def can_fork(self) -> bool:
        """Whether no other thread runs: a fork has none but its own, and what one had locked would stay so for ever."""
        return self.is_here and not other_threads()


def make_site(modules: Iterable[str]) -> bool:
    """Make the site and import these modules: whether it could be done. If not, the commands will say why."""
    try:
        from musicapp.own_site import own_site, ready_to_fork

        app = own_site()
        for module in modules:
            import_module(module)
        ready_to_fork(app)
    except (Exception, SystemExit):
        return False
    for thread in threading.enumerate():
        if thread not in (threading.main_thread(), threading.current_thread()):
            thread.join(PATIENCE_S)
    return True


def other_threads() -> list[str]:
    """The names of the threads that run beside this one."""
    return [thread.name for thread in threading.enumerate() if thread is not threading.current_thread()]


async def done_aside(work: Callable[[], bool]) -> bool:
    """Do it in a thread that is gone afterwards, while signals and lines are still attended to. A stop is told to it,
    so that it ends where nothing is half done."""
    loop, done, found = asyncio.get_running_loop(), asyncio.Event(), False

    def run() -> None:
        nonlocal found
        found = work()
        with contextlib.suppress(RuntimeError):  # the supervisor was stopped meanwhile
            loop.call_soon_threadsafe(done.set)

    thread = threading.Thread(target=run, name="loading", daemon=True)
    thread.start()
    try:
        await done.wait()
    except asyncio.CancelledError:
        stopping.asked.set()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LEAVES_WITHIN_S):
                await done.wait()
        raise
    thread.join()
    return found


@asynccontextmanager
async def shown(console: Console, name: str) -> AsyncIterator[None]:
    """What this process itself writes to stderr meanwhile becomes lines of `name`; a program that it leaves behind may
    go on writing some."""
    lines = Lines(lambda text: console.line(name, text))
    reader, writer = os.pipe()
    own = os.dup(STDERR)
    os.dup2(writer, STDERR)
    os.close(writer)
    await asyncio.get_running_loop().connect_read_pipe(lambda: lines, os.fdopen(reader, "rb", 0))
    try:
        yield
    finally:
        sys.stderr.flush()
        os.dup2(own, STDERR)
        os.close(own)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE_S):
            await lines.closed.wait()


def spare_memory() -> None:
    """What FRUGAL tells new processes, told to this one that runs already."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(M_ARENA_MAX, 1)
        mallopt(M_TRIM_THRESHOLD, KEPT_BYTES)
