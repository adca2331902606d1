"""A fork of the supervisor that runs one part of the site, in the memory that the supervisor has filled."""

import asyncio
import ctypes
import os
import signal
import sys
import traceback
from collections.abc import Callable, Collection
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from musicapp.supervisor.process import Process
from musicapp.tether import tether

PR_SET_NAME = 15
OPEN_FILES = Path("/proc/self/fd")


class Fork:
    """A process made by `forked`; its keeper may treat it as a Popen."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its exit code, negative for the signal that killed it, or None while it runs."""
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def terminate(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGTERM)


def forked(process: Process, output: int, kept: Collection[int]) -> Fork:
    """Run the `main` of the process's module in a fork that writes to `output` and keeps the open files `kept`.

    To be called by the main thread where no other runs: a lock that one holds would stay locked in the fork for ever.
    """
    tie = tether(process.orphan_signal)
    sys.stdout.flush()
    sys.stderr.flush()
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        pid = os.fork()
        if pid == 0:
            live(process, output, kept, tie)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
    return Fork(pid)


def live(process: Process, output: int, kept: Collection[int], tie: Callable[[], None] | None) -> NoReturn:
    """The whole life of the fork. It never returns into the code of the supervisor, whose frames lie below."""
    code = 1
    try:
        os.setsid()
        if tie is not None:
            tie()
        let_go_of_signals()
        let_go_of_files(output, kept)
        asyncio.events._set_running_loop(None)
        show_name(process.name)
        os.environ.update(process.env)
        sys.argv = list(process.command[1:])
        import_module(process.module).main()
        code = 0
    except SystemExit as ended:
        code = exit_code(ended.code)
    except BaseException:
        traceback.print_exc()
    finally:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)


def let_go_of_signals() -> None:
    """Every signal does again what it does in a new process; they were held back until here."""
    signal.set_wakeup_fd(-1)
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        if callable(signal.getsignal(number)):
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, set())


def let_go_of_files(output: int, kept: Collection[int]) -> None:
    """Its output goes into the pipe. The supervisor's other files are closed, but their numbers stay taken: objects
    that live on here would otherwise close a file of ours one day."""
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    for number in open_files() - {0, 1, 2, nothing, *kept}:
        os.dup2(nothing, number, inheritable=False)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]


def open_files() -> set[int]:
    """The numbers of the files that this process has open."""
    listed = [int(entry.name) for entry in OPEN_FILES.iterdir()]
    return {number for number in listed if (OPEN_FILES / str(number)).exists()}


def show_name(name: str) -> None:
    """Let `top` and `ps -o comm` tell the forks from each other; their command line is the supervisor's."""
    ctypes.CDLL(None).prctl(PR_SET_NAME, f"musicapp {name}".encode())


def exit_code(said: object) -> int:
    """What `sys.exit` was given, as a program would end with it: a sentence is written and means failure."""
    if said is None or isinstance(said, int):
        return int(said or 0)
    print(said, file=sys.stderr)
    return 1
