"""Where words are looked for."""

from enum import Enum


class Field(Enum):
    """Parts of what the index has of a row, each holding the one before."""

    HEAD = "the name, begun with its first word"
    NAME = "the name"
    ARTIST = "the name and its artist's"
    ALBUM = "the name, its artist's and its album's"
