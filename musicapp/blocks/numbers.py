"""How numbers of blocks are said and compared with those before: in the same words on pages, in mails and chats."""

from dataclasses import dataclass
from typing import Literal

from musicapp.blocks.shapes import Figure, Line, Unit
from musicapp.pages import long_duration

Way = Literal["up", "down", ""]
SIZES = ("bytes", "kB", "MB", "GB", "TB")
NOTHING = "–"


@dataclass(frozen=True)
class Change:
    """A number beside the one before: “18 % more than before”; `way` is that of an arrow, `tone` good, bad or muted."""

    words: str
    way: Way = ""
    tone: str = "muted"


def pieces(value: float | None, unit: Unit = "") -> list[tuple[str, str]]:
    """A number in pieces of figures and their unit: 112,800,000 ms → [("31", "h"), ("20", "min")]."""
    if value is None:
        return [(NOTHING, "")]
    if unit == "ms":
        words = long_duration(value / 1000).split() if value else ["0", "min"]
        return [(f"{int(figures):,}", name) for figures, name in zip(words[::2], words[1::2], strict=True)]
    if unit == "bytes":
        return [size(value)]
    if unit == "percent":
        return [(f"{value:,.0f}", "%")]
    return [(f"{value:.1f}" if unit == "stars" else plain(value), "")]


def plain(value: float) -> str:
    """1204 → 1,204; 3.25 → 3.2."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}".removesuffix(".0")


def size(count: float) -> tuple[str, str]:
    """1,240,000 → ("1.2", "MB"); thousands are 1,000, as disks are sold."""
    power = 0
    while abs(count) >= 999.5 and power < len(SIZES) - 1:
        count, power = count / 1000, power + 1
    return f"{count:.1f}" if power and count < 10 else f"{count:,.0f}", SIZES[power]


def in_words(value: float | None, unit: Unit = "") -> str:
    """1204 → “1,204”; 112,800,000 ms → “31 h 20 min”; None → “–”."""
    return " ".join(" ".join(piece).strip() for piece in pieces(value, unit))


def change_of(of: Figure | Line, unit: Unit = "") -> Change | None:
    """How a number compares with the one before; None where there is nothing to compare."""
    if of.value is None or of.before is None:
        return None
    good = of.good if isinstance(of, Figure) else "up"
    difference = of.value - of.before
    words = difference_in_words(of.value, of.before, of.unit if isinstance(of, Figure) else unit)
    if words is None:
        return Change("as before")
    way: Way = "up" if difference > 0 else "down"
    return Change(words, way, "muted" if not good else "good" if way == good else "bad")


def difference_in_words(value: float, before: float, unit: Unit) -> str | None:
    """“18 % more than before”; None where both are said in the same words."""
    if in_words(value, unit) == in_words(before, unit):
        return None
    more = "more" if value > before else "fewer" if unit == "" else "less"
    if unit == "stars":
        return f"{abs(value - before):.1f} {more} than before"
    if unit == "percent":
        return f"{abs(value - before):.0f} points {more} than before"
    if before == 0:
        return "nothing before"
    percent = round(100 * abs(value - before) / abs(before))
    return f"{percent:,} % {more} than before" if percent else f"a little {more} than before"


def share(part: float | None, lines: list[Line]) -> int:
    """What part of the whole a line is, in percent."""
    whole = sum(line.value or 0 for line in lines)
    return round(100 * (part or 0) / whole) if whole else 0
