"""A file that gives its reader only so much, whatever sizes are claimed inside it."""

import io
import os
from typing import BinaryIO

# A picture follows its own frame's header in ID3, or its length in four bytes in FLAC.
PICTURE_FRAMES = (b"APIC", b"PIC")
LENGTH_BYTES = 4


class Rationed(io.RawIOBase):
    """A file for tag readers, which believe the sizes a file claims: their memory and time stay small all the same.

    A long reading is cut at `at_once_bytes`, and after the ration of text all ends as if the file did. An embedded
    picture is given whole when it fits into the ration of pictures, and else not at all.
    """

    def __init__(self, file: BinaryIO, at_once_bytes: int, text_bytes: int, picture_bytes: int = 0) -> None:
        self.file = file
        self.at_once_bytes = at_once_bytes
        self.text_bytes = text_bytes
        self.picture_bytes = picture_bytes
        self.before = b""

    def read(self, size: int = -1) -> bytes:
        """Read on, as much as is left of the ration, and pass over what was not given."""
        wanted = self.at_once_bytes if size < 0 else size
        given = self._picture(wanted) if self._leads_to_picture(wanted) else self._text(wanted)
        if wanted > len(given):
            self.file.seek(wanted - len(given), os.SEEK_CUR)
        self.before = given[: LENGTH_BYTES + 1]
        return given

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move to another place, as files do."""
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        """Return the present place in bytes."""
        return self.file.tell()

    def _leads_to_picture(self, wanted: int) -> bool:
        expected = len(self.before) == LENGTH_BYTES or self.before.startswith(PICTURE_FRAMES)
        return self.picture_bytes > 0 and wanted > self.at_once_bytes and expected

    def _picture(self, wanted: int) -> bytes:
        given = self.file.read(wanted) if wanted <= self.picture_bytes else b""
        self.picture_bytes -= len(given)
        return given

    def _text(self, wanted: int) -> bytes:
        given = self.file.read(min(wanted, self.at_once_bytes, self.text_bytes))
        self.text_bytes -= len(given)
        return given
