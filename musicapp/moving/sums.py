"""What a table holds, as one number: the same on both databases, in whatever order the rows come."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

BYTES = 16
BEYOND = 1 << (8 * BYTES)


@dataclass
class Sum:
    """So many rows, and the sum of the hashes of each; equal where the same rows are as often."""

    rows: int = 0
    total: int = 0

    def add(self, row: tuple[Any, ...]) -> None:
        """Take in a row in the form in which it crosses over."""
        self.rows += 1
        hashed = blake2b(repr(row).encode(), digest_size=BYTES).digest()
        self.total = (self.total + int.from_bytes(hashed, "big")) % BEYOND
