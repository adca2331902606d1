"""The line of a song's lyrics that was meant."""

from plugins.catalog.lyrics import plain_words
from plugins.catalog.models.folding import fold_lines

LONGEST_LINE = 200


def line_with(lyrics: str, words: tuple[str, ...]) -> tuple[int, str]:
    """How many of the words stand in the line that has most of them, and that line."""
    text = plain_words(lyrics)
    most, best = 0, ""
    for folded, line in zip(fold_lines(text), text.split("\n"), strict=True):
        there = set(folded.split())
        count = sum(word in there for word in words)
        if count > most:
            most, best = count, line.strip()[:LONGEST_LINE]
    return most, best
