"""Claims about parts of the supervisor: the site that it makes in its own memory, its forks, and whose end is whose."""

import asyncio
import io
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from musicapp import stopping
from musicapp.supervisor import loaded
from musicapp.supervisor.child import Child
from musicapp.supervisor.console import Console
from musicapp.supervisor.fork import Fork, open_files
from musicapp.supervisor.loaded import LoadedSite, done_aside
from musicapp.supervisor.port import answers_ok
from musicapp.supervisor.process import Process

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60.0
# With this flag a process gets orphans as the first one of a container does.
AS_FIRST_PROCESS = """
import ctypes, io, subprocess, time
from pathlib import Path
from musicapp.supervisor import Supervisor
from musicapp.supervisor.console import Console

ctypes.CDLL(None).prctl(36, 1)
left = subprocess.run(["sh", "-c", "sleep 0.2 >/dev/null & echo $!"], capture_output=True, text=True).stdout.strip()
supervisor = Supervisor([], Console(io.StringIO(), []), Path(), print)
end = time.monotonic() + 5
while Path("/proc", left).exists() and time.monotonic() < end:
    time.sleep(0.02)
    supervisor.look()
print("buried" if not Path("/proc", left).exists() else "left")
"""
# A program of the thread that loads the site ends, and the one loop that hears of it asks before the thread does.
WHILE_LOADING = """
import io, subprocess, time
from pathlib import Path
from musicapp.supervisor import Supervisor
from musicapp.supervisor.console import Console

supervisor = Supervisor([], Console(io.StringIO(), []), Path(), print)
supervisor.site.is_loading = True
copying = subprocess.Popen(["sh", "-c", "exit 3"])
while "Z" not in Path("/proc", str(copying.pid), "stat").read_text().rpartition(")")[2]:
    time.sleep(0.01)
supervisor.look()
print(copying.wait())
"""
# What a fork ran has closed the output that is flushed at its end; the supervisor's frames lie below it.
CLOSED_OUTPUT = """
import os, sys, types
from musicapp.supervisor.fork import forked
from musicapp.supervisor.process import Process

sys.modules["closing"] = types.SimpleNamespace(main=lambda: sys.stdout.close())
fork = forked(Process("closing", ["closing"], module="closing"), os.open(os.devnull, os.O_WRONLY), ())
print(os.waitstatus_to_exitcode(os.waitpid(fork.pid, 0)[1]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="orphans and forks are looked after on Linux only")
@pytest.mark.parametrize(
    ("program", "says"),
    [
        pytest.param(AS_FIRST_PROCESS, "buried\n", id="the first process of a container buries who was left behind"),
        pytest.param(WHILE_LOADING, "3\n", id="who loads the site hears how its own programs ended"),
        pytest.param(CLOSED_OUTPUT, "0\n", id="a fork ends where its output cannot be flushed"),
    ],
)
def test_processes_end_where_they_should_and_the_right_one_hears_of_it(program: str, says: str) -> None:
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == says


def test_a_site_in_memory_is_forked_only_while_no_other_thread_runs() -> None:
    site, ended = LoadedSite(Console(io.StringIO(), [])), threading.Event()
    others = threading.active_count() - 1
    assert not site.can_fork()
    site.is_here = True
    assert site.can_fork() == (others == 0)
    thread = threading.Thread(target=ended.wait)
    thread.start()
    assert not site.can_fork()
    ended.set()
    thread.join()


def test_a_child_that_the_system_has_no_room_for_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.StringIO()
    console, refused = Console(out, ["it"]), [OSError(11, "Resource temporarily unavailable")]
    monkeypatch.setattr("musicapp.supervisor.child.FIRST_PAUSE_S", 0.05)

    async def start_twice() -> int:
        child = Child(Process("it", [sys.executable, "-c", ""]), console, ROOT, LoadedSite(console))
        asyncio.get_running_loop().add_signal_handler(signal.SIGCHLD, child.look)
        begun = child.begun

        def begin(output: int) -> subprocess.Popen[bytes] | Fork:
            if child.popen is not None and refused:
                raise refused.pop()
            return begun(output)

        monkeypatch.setattr(child, "begun", begin)
        child.was_ready = True
        await child.start()
        first, before = child.popen, len(open_files())
        keeping = asyncio.create_task(child.keep())
        while child.popen is first:
            await asyncio.sleep(0.01)
        keeping.cancel()
        await child.stop()
        return len(open_files()) - before

    assert asyncio.run(start_twice()) <= 0
    assert "cannot be started (Resource temporarily unavailable); it is tried again in 0.1 s." in out.getvalue()


def test_a_stop_while_the_site_is_made_waits_for_a_place_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stopping, "asked", threading.Event())
    went_on: list[bool] = []

    def make() -> bool:
        stopping.asked.wait(PATIENCE_S)
        went_on.append(not stopping.asked.is_set())
        return False

    async def stop_it() -> None:
        loading = asyncio.create_task(done_aside(make))
        await asyncio.sleep(0)
        loading.cancel()
        with suppress(asyncio.CancelledError):
            await loading

    asyncio.run(stop_it())
    assert went_on == [False]


def test_a_site_that_cannot_be_made_is_tried_once_and_a_program_of_it_holds_nothing_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out, tries, helpers = io.StringIO(), [], []

    def fail_to_make(modules: list[str]) -> bool:
        tries.append(modules)
        helpers.append(subprocess.Popen(["sh", "-c", "echo made >&2; exec sleep 60"]))
        return False

    monkeypatch.setattr(loaded, "make_site", fail_to_make)
    site = LoadedSite(Console(out, []))

    async def load_twice() -> None:
        before = len(open_files())
        async with asyncio.timeout(PATIENCE_S / 2):
            try:
                await site.load([])
                await site.load([])
            finally:
                for helper in helpers:
                    helper.kill()
                    helper.wait()
            while len(open_files()) > before:
                await asyncio.sleep(0.01)

    asyncio.run(load_twice())
    assert (len(tries), site.is_here, site.is_loading) == (1, False, False)
    assert "made" in out.getvalue()


def test_asking_by_a_name_leaves_no_thread_behind() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    async def ask() -> int:
        before = threading.active_count()
        assert not await answers_ok("localhost", port, "/readyz")
        return threading.active_count() - before

    assert asyncio.run(ask()) == 0
