"""Marks in names the letters that somebody looked for."""

import unicodedata
from itertools import pairwise

from markupsafe import Markup, escape


def folded(text: str) -> str:
    """A text without case, accents and doubled spaces."""
    return " ".join("".join(map(fold_letter, text)).split())


def fold_letter(letter: str) -> str:
    """A letter as it is compared: none for an accent, two for “ß”."""
    parts = unicodedata.normalize("NFKD", letter.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def marked(words: str, text: str) -> Markup:
    """`words` as HTML in which what `text` looks for is marked, whatever its case and accents."""
    at = [place for place, letter in enumerate(words) for _ in fold_letter(letter)]
    plain = "".join(map(fold_letter, words))
    chosen: set[int] = set()
    for wanted in folded(text).split():
        start = plain.find(wanted)
        while start >= 0:
            chosen.update(at[start : start + len(wanted)])
            start = plain.find(wanted, start + 1)
    return Markup("").join(
        Markup("<mark>{}</mark>").format(words[first:last]) if is_marked else escape(words[first:last])
        for first, last, is_marked in stretches(len(words), chosen)
    )


def stretches(length: int, chosen: set[int]) -> list[tuple[int, int, bool]]:
    """The stretches of a text that are marked, or not, from where to where."""
    edges = [place for place in range(1, length) if (place in chosen) != (place - 1 in chosen)]
    bounds = [0, *edges, length] if length else []
    return [(first, last, first in chosen) for first, last in pairwise(bounds)]
