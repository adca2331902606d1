"""What a file of a collection is: its kind, tags, length and hash, found without decoding it."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from ..opening import open_regular
from ..refusals import Unreadable, shown
from ..sniffing import recognise
from ..tags import Tags, read_tags
from .length import Length, length_of


@dataclass(frozen=True)
class Facts:
    """A file as it was when it was read; size and time of change (ns since 1970) tell whether it is so still."""

    mime: str
    tags: Tags
    length: Length
    size_bytes: int
    mtime_ns: int
    sha256: str


def facts_of(path: str | os.PathLike[str], name: str | None = None) -> Facts:
    """Read a music file, called `name`; raises `Unreadable` with a sentence for whoever brings it."""
    path = Path(path)
    kind = recognise(path, name)
    file = open_regular(path)
    if file is None:
        raise Unreadable(f"{shown(name or path.name)} cannot be opened.")
    with file:
        before = os.fstat(file.fileno())
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    tags = read_tags(path, with_picture=False)
    return Facts(kind.mime, tags, length_of(path, kind), before.st_size, before.st_mtime_ns, sha256)
