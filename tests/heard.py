"""What this process asks of the machine: Python tells it of files, folders and programs as it asks."""

import os
import sys
from typing import Any


class Heard:
    """What some kinds of audit events were about, while it is entered: paths for those of files and programs."""

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds
        self.seen: list[str] = []
        self.is_noted = False
        sys.addaudithook(self.hear)

    def hear(self, kind: str, arguments: tuple[Any, ...]) -> None:
        if self.is_noted and kind in self.kinds:
            what = arguments[0]
            self.seen.append(os.fsdecode(what) if isinstance(what, str | bytes) else str(what))

    def __enter__(self) -> list[str]:
        self.is_noted = True
        return self.seen

    def __exit__(self, *_: object) -> None:
        self.is_noted = False
