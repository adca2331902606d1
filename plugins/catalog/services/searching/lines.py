"""The line of a song's lyrics that was meant."""

from plugins.catalog.lyrics import plain_words
from plugins.catalog.models.folding import fold_all

LONGEST_LINE = 200


def line_with(lyrics: str, words: tuple[str, ...]) -> tuple[int, str]:
    """How many of the words stand in the line that has most of them, and that line."""
    most, best = 0, ""
    for line in plain_words(lyrics).split("\n"):
        there = set(fold_all(line).split())
        count = sum(word in there for word in words)
        if count > most:
            most, best = count, line.strip()[:LONGEST_LINE]
        if most == len(words):
            break
    return most, best
