"""The one terminal that all processes of the site write to: a line each, with the name of its writer."""

import asyncio
import os
from collections.abc import Callable
from typing import TextIO

COLOURS = ("36", "33", "35", "32", "34", "31")
LONGEST_LINE = 64 * 1024


class Console:
    """Writes lines prefixed by their process; in colour only on a terminal, and never with NO_COLOR."""

    def __init__(self, out: TextIO, names: list[str]) -> None:
        self.out = out
        self.width = max(map(len, names), default=0)
        self.colours = {name: COLOURS[place % len(COLOURS)] for place, name in enumerate(names)}
        self.coloured = out.isatty() and not os.environ.get("NO_COLOR")

    def line(self, name: str, text: str) -> None:
        """A line that a process wrote, or that is about it."""
        prefix = f"{name:<{self.width}} |"
        if self.coloured:
            prefix = f"\x1b[{self.colours.get(name, '0')}m{prefix}\x1b[0m"
        self.write(f"{prefix} {text}")

    def say(self, sentence: str) -> None:
        """A sentence of the supervisor's own."""
        self.write(f"\x1b[1m{sentence}\x1b[0m" if self.coloured else sentence)

    def write(self, text: str) -> None:
        try:
            self.out.write(text + "\n")
            self.out.flush()
        except (OSError, ValueError):
            """Whoever read the lines has gone; the site goes on without a reader."""


class Lines(asyncio.Protocol):
    """Cuts what comes out of a pipe into lines."""

    def __init__(self, on_line: Callable[[str], None]) -> None:
        self.on_line = on_line
        self.rest = b""
        self.closed = asyncio.Event()

    def data_received(self, data: bytes) -> None:
        *lines, self.rest = (self.rest + data).split(b"\n")
        if len(self.rest) > LONGEST_LINE:
            lines, self.rest = [*lines, self.rest], b""
        for line in lines:
            self.on_line(line.decode(errors="replace").rstrip("\r"))

    def connection_lost(self, exc: Exception | None) -> None:
        if self.rest:
            self.on_line(self.rest.decode(errors="replace"))
        self.closed.set()
