"""Files that are new or not as they were: which of them were only moved, and what the others hold."""

import hashlib
import os
import stat
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, replace

from plugins.catalog.media import Facts, Readers, Wanted
from plugins.catalog.services.folders.comparing import Known
from plugins.catalog.services.folders.walking import Found

END_BYTES = 16 << 10
READ_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Suspect:
    """A file that is not as it was known, or not known at all."""

    file: Found
    known: Known | None
    head_sha256: str = ""

    @property
    def song_id(self) -> int | None:
        """The song that is the file's until now."""
        return self.known.song_id if self.known else None


@dataclass(frozen=True, slots=True)
class Read:
    """A suspect that was read: what it is, or the sentence that refuses it."""

    suspect: Suspect
    facts: Facts | str


def with_head(suspect: Suspect) -> Suspect:
    """The same suspect with the hash of its beginning and end; without when it cannot be opened."""
    return replace(suspect, head_sha256=head_of(suspect.file.path))


def head_of(path: bytes) -> str:
    """Hash of the beginning and end of a file, where tags stand; empty when it cannot be read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return ""
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return ""
        hashed = hashlib.sha256(os.pread(descriptor, END_BYTES, 0))
        hashed.update(os.pread(descriptor, END_BYTES, max(END_BYTES, status.st_size - END_BYTES)))
    except OSError:
        return ""
    finally:
        os.close(descriptor)
    return hashed.hexdigest()


class Reading:
    """Suspects that are being read by several children."""

    def __init__(self, readers: Readers, suspects: list[Suspect]) -> None:
        self.parts: list[tuple[list[Suspect], Future[list[Facts | str]]]] = [
            (part, readers.read([Wanted(one.file.path, one.file.size_bytes) for one in part]))
            for part in parts_of(suspects)
        ]

    def done(self) -> list[Read]:
        """Wait for all of them; raises ChildFailed when no child can work."""
        return [
            Read(suspect, facts)
            for part, answers in self.parts
            for suspect, facts in zip(part, answers.result(), strict=True)
        ]


def parts_of(suspects: list[Suspect]) -> Iterator[list[Suspect]]:
    for start in range(0, len(suspects), READ_AT_ONCE):
        yield suspects[start : start + READ_AT_ONCE]
