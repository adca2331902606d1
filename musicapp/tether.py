"""A tie between a process and its child, so that a parent killed hard leaves no orphan (Linux only)."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

PR_SET_PDEATHSIG = 1


def tether(parting_signal: int = signal.SIGTERM) -> Callable[[], None] | None:
    """What a child runs before its program (`preexec_fn`): it gets `parting_signal` when its parent is gone.

    Start such a child from a thread that lives as long as the process: the kernel watches the thread.
    """
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def tie() -> None:
        prctl(PR_SET_PDEATHSIG, parting_signal)
        if os.getppid() != parent:
            os._exit(1)

    return tie
