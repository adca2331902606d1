"""Files that did not come in, each with the reason: written to a file, or shown at the end."""

import csv
from types import TracebackType
from typing import IO

import click

from plugins.catalog.services.folders import readable

SHOWN = 20


class Report:
    """Lines of path, what became of the file, and why: as CSV in a file of the owner's, or the first on stderr."""

    def __init__(self, path: str | None) -> None:
        self.path = path
        self.lines = 0
        self.kept: list[str] = []
        self.file: IO[str] | None = None

    def note(self, path: bytes, became: str, reason: str) -> None:
        """Remember one file."""
        self.lines += 1
        if self.file is not None:
            csv.writer(self.file).writerow([readable(path), became, reason])
        elif len(self.kept) < SHOWN:
            self.kept.append(f"{readable(path)}: {became}. {reason}")

    def __enter__(self) -> "Report":
        if self.path is not None:
            self.file = open(self.path, "w", newline="")
            csv.writer(self.file).writerow(["path", "became", "reason"])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.file is not None:
            self.file.close()
        for line in self.kept:
            click.echo(line, err=True)
        if self.lines > len(self.kept) and self.file is None:
            click.echo(f"… and {self.lines - len(self.kept):,} more; --report FILE lists them all.", err=True)
