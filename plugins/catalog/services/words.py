"""Words that people send, made fit for the tables, and what is wrong with them as sentences."""

import unicodedata

from musicapp.errors import Invalid, NotFound
from musicapp.routing import LARGEST_ID

TURNING = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
UNWANTED = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})


def text_of(raw: str | None, limit: int) -> str:
    """Clean text with its line breaks, at most `limit` characters, without invisible and turning characters."""
    lines = (raw or "").replace("\r\n", "\n").replace("\r", "\n")
    if lines.isascii() and lines.isprintable():
        return lines.strip()[:limit].rstrip()
    kept = "".join(letter for letter in lines if letter in "\n\t" or wanted(letter))
    return unicodedata.normalize("NFC", kept).strip()[:limit].rstrip()


def line_of(raw: str | None, limit: int) -> str:
    """One clean line of at most `limit` characters."""
    return " ".join(text_of((raw or "")[: limit * 4], limit * 4).split())[:limit].rstrip()


def wanted(letter: str) -> bool:
    return letter not in TURNING and unicodedata.category(letter) not in UNWANTED


def title_of(raw: str | None, limit: int = 200) -> str:
    """A title; raises Invalid when nothing of it can be read."""
    title = line_of(raw, limit)
    if not title:
        raise Invalid("A title is needed.", {"title": ["Give it a title."]})
    return title


def number_of(number: int | None, field: str, least: int, most: int) -> int | None:
    """A number within its bounds, or None; raises Invalid with the field's name."""
    if number is not None and not least <= number <= most:
        sentence = f"This must be between {least} and {most}."
        raise Invalid("Some of what you sent does not fit.", {field: [sentence]})
    return number


def known_id(number: int, sentence: str) -> int:
    """An id that a table could hold; raises NotFound with `sentence` for any other."""
    if not 0 < number <= LARGEST_ID:
        raise NotFound(sentence)
    return number
