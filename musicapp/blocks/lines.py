"""A document as lines of plain text: its numbers without pictures, for chats and for the text part of mails."""

from collections.abc import Sequence
from datetime import timedelta

from musicapp.blocks import numbers
from musicapp.blocks.links import one_line, whole_link
from musicapp.blocks.numbers import change_of, share
from musicapp.blocks.sentences import calendar_in_words, series_in_words
from musicapp.blocks.shapes import (
    Block,
    Calendar,
    Feature,
    Figure,
    Figures,
    Headline,
    Line,
    Ranking,
    Section,
    Series,
    Shares,
    Tiles,
    Unit,
    Words,
)
from musicapp.pages import day


def as_text(sections: Sequence[Section]) -> str:
    """All numbers of a document, each section below its heading; for the text part of a mail."""
    parts = []
    for section in sections:
        heading = one_line(section.heading)
        said = "\n\n".join("\n".join(all_of(block, section.heading)) for block in section.blocks)
        parts.append(f"{heading}\n{'=' * len(heading)}\n\n{said}" if heading else said)
    return "\n\n\n".join(parts)


def all_of(block: Block, heading: str) -> list[str]:
    return [*map(one_line, block_in_words(block, heading)), *rows_of(block)]


def block_in_words(block: Block, heading: str) -> list[str]:
    """What a block says below a heading, without the rows behind its picture."""
    match block:
        case Headline():
            return headline_in_words(block)
        case Figures():
            return [figure_in_words(figure) for figure in block.figures]
        case Series():
            return [series_in_words(block)]
        case Calendar():
            return [calendar_in_words(block), *([block.words] if block.words else [])]
        case Feature():
            return [f"{block.kicker}: {named(block.line)}{after(block.words)}", *link(block.line.url)]
        case Ranking():
            lines = (counted(line, block.unit, block.counts) for line in block.lines)
            return [*titled(block, heading), *(f"{place}. {words}" for place, words in enumerate(lines, 1))]
        case Shares():
            lines = (f"{counted(line, '', block.counts)}, {share(line.value, block.lines)} %" for line in block.lines)
            return [*titled(block, heading), *lines]
        case Tiles():
            return [*titled(block, heading), *(counted(line, "", "") for line in block.lines)]
        case Words():
            return [*block.text.splitlines(), *link(block.url, block.link)]


def titled(block: Ranking | Shares | Tiles, heading: str) -> list[str]:
    """The title of a list, unless the heading above says the same."""
    return [f"{block.title}:"] if block.title and block.title != heading else []


def rows_of(block: Block) -> list[str]:
    """The numbers behind a picture, a line for each."""
    match block:
        case Series():
            before = [f" (before: {numbers.in_words(value, block.unit)})" for value in block.before]
            before += [""] * len(block.values)
            return [
                f"  {one_line(label)}: {numbers.in_words(value, block.unit)}{beside}"
                for label, value, beside in zip(block.labels, block.values, before, strict=False)
            ]
        case Calendar():
            days = (day(block.first + timedelta(days=place)) for place in range(len(block.values)))
            said = (numbers.in_words(value, block.unit) for value in block.values)
            return [f"  {on}: {words}" for on, words in zip(days, said, strict=True)]
        case _:
            return []


def headline_in_words(headline: Headline) -> list[str]:
    """“Heard in October: 31 h 20 min of music from 48 artists.” and how that compares."""
    figure, change = headline.figure, change_of(headline.figure)
    gap = " " if headline.words[:1].islower() else ". " if headline.words else ""
    first = f"{figure.label}: {numbers.in_words(figure.value, figure.unit)}{gap}{headline.words}"
    return [first, *([figure.words] if figure.words else []), *([change.words] if change else [])]


def figure_in_words(figure: Figure) -> str:
    """“Plays: 8,412 (18 % more than before)”."""
    change = change_of(figure)
    beside = [*([figure.words] if figure.words else []), *([change.words] if change else [])]
    return f"{figure.label}: {numbers.in_words(figure.value, figure.unit)}{bracketed(', '.join(beside))}"


def counted(line: Line, unit: Unit, counts: str) -> str:
    """“Paraffin, Harun Dell: 15 plays (2 % fewer than before)”."""
    if line.value is None:
        return named(line)
    change = change_of(line, unit)
    number = f"{numbers.in_words(line.value, unit)} {counts}".strip()
    return f"{named(line)}: {number}{bracketed(change.words if change else '')}"


def bracketed(words: str) -> str:
    return f" ({words})" if words else ""


def after(words: str) -> str:
    return f". {words}" if words else ""


def named(line: Line) -> str:
    return f"{line.title}, {line.by}" if line.by else line.title


def link(url: str, words: str = "") -> list[str]:
    """Where a link leads, on a line by itself, below its words."""
    whole = whole_link(url)
    return [*([f"{words}:"] if words else []), whole] if whole else []
