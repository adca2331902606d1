"""Counts and sizes as sentences say them."""

from musicapp.blocks.numbers import pieces


def counted(number: int, word: str) -> str:
    """A number with its word: `1 file`, `2,000 files`."""
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def sized(size_bytes: float) -> str:
    """A size in the unit that fits it: `640 bytes`, `3.2 GB`."""
    return " ".join(*pieces(size_bytes, "bytes"))
