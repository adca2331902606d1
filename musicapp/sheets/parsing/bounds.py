"""How much of a sheet is read, and the refusal of what is more."""

MOST_ROWS = 20_000
FURTHEST_ROW = 100_000
MOST_COLUMNS = 100
LONGEST_CELL = 32_767
UNPACKED_MB = 64
MOST_PARTS = 1_000


class NotRead(Exception):
    """A sheet that cannot be read; the message is a sentence for who sent it."""
