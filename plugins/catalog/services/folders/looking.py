"""What one look at a folder is asked to do, and what came of it."""

import os
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field

from musicapp.storage import Way

Note = Callable[[bytes, str, str], object]
COUNTED = ("unchanged", "new", "changed", "moved", "returned", "same", "refused", "waiting", "gone", "deleted")


@dataclass(frozen=True)
class Wishes:
    """How a folder comes in.

    `artist` puts everything under one artist, `publish` lets listeners hear it at once, `way` says whether files are
    linked or copied, `prune` deletes the songs of files that are gone, `again` reads files anew that have no song.
    Files that changed within the last `settle_s` seconds wait for the next look.
    """

    artist: str = ""
    publish: bool = False
    way: Way = "any"
    prune: bool = False
    again: bool = False
    settle_s: float = 0.0


@dataclass
class Look:
    """One look as it goes on: how many files became what, and whom to tell of files that did not come in.

    `note` gets path, what became of the file, and why; `went_on` the number of files that were dealt with.
    """

    root: bytes
    wishes: Wishes
    note: Note = lambda path, became, reason: None
    went_on: Callable[[int], object] = lambda files: None
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))
    missing: "array[int]" = field(default_factory=lambda: array("q"))

    def count(self, became: str, files: int = 1) -> None:
        """Count files that became something; those that are gone are not among the folder's files."""
        self.counts[became] += files
        if became not in ("gone", "deleted"):
            self.went_on(files)

    def count_noted(self, became: str, path: bytes, reason: str) -> None:
        """Count a file that did not come in, and say why."""
        self.count(became)
        self.note(path, became, reason)

    @property
    def files(self) -> int:
        """How many files of the folder were dealt with."""
        return sum(self.counts.values()) - self.counts["gone"] - self.counts["deleted"]


def is_gone(path: bytes) -> bool:
    """Whether nothing lies at a path any more; what a folder hides that cannot be read is not gone."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False
