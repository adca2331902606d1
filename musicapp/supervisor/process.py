"""What a process of the site is, before it runs."""

import signal
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field


class CannotStart(RuntimeError):
    """The site cannot run; the message says why and what to do."""


@dataclass(frozen=True)
class Process:
    """One program of the site; it runs in the supervisor's environment with `env` over it."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    ready: Callable[[], Awaitable[bool]] | None = None
    """Asked again and again until it says yes; the next stage waits for that."""
    stop_within_s: float = 10.0
    """How long it may take to end after SIGTERM before it is killed."""
    orphan_signal: int = signal.SIGTERM
    """What it gets when the supervisor itself is killed."""
    mend: Callable[[], str] | None = None
    """Called when it died twice before it was ready: removes a cause and says what was done."""
    mute: str = ""
    """Lines with these words in them are not shown."""
    inherited: tuple[int, ...] = ()
    """Open files that it takes over."""
    module: str = ""
    """Its `main` does what the command does; a fork of the supervisor may run it instead."""
