"""What is told of one error: its class and the line in which it arose, never its words."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from traceback import walk_tb
from typing import Literal

from config import ROOT
from musicapp.clock import now
from musicapp.faults.models import LONGEST_DOING, LONGEST_KIND, LONGEST_PLACE

Source = Literal["request", "job"]
OURS = (str(ROOT / "musicapp"), str(ROOT / "plugins"))


@dataclass
class Seen:
    """An error that happened `times` times, the last time at `at`."""

    source: Source
    doing: str
    kind: str
    place: str
    request_id: str = ""
    times: int = 1
    at: datetime = field(default_factory=now)

    @property
    def digest(self) -> str:
        """What tells errors apart."""
        told = "\0".join((self.source, self.doing, self.kind, self.place))
        return hashlib.sha256(told.encode()).hexdigest()[:12]


def seen(source: Source, doing: str, error: BaseException, request_id: str = "") -> Seen:
    """What is kept of an error in a route or a kind of job."""
    kind = type(error).__name__ if type(error).__module__ == "builtins" else full_name(type(error))
    return Seen(source, doing[:LONGEST_DOING], kind[-LONGEST_KIND:], place_of(error)[-LONGEST_PLACE:], request_id)


def full_name(kind: type[BaseException]) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def place_of(error: BaseException) -> str:
    """The innermost line of the site's own code, else of any: “plugins/catalog/services/songs.py, line 42”."""
    lines = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)]
    ours = [(file, line) for file, line in lines if file.startswith(OURS)]
    if not lines:
        return ""
    file, line = (ours or lines)[-1]
    path = Path(file)
    return f"{path.relative_to(ROOT) if path.is_relative_to(ROOT) else path.name}, line {line}"
