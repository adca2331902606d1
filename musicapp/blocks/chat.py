"""A document as lines for a chat: the numbers of the page, without pictures and without mark-up of any service."""

from collections.abc import Sequence

from musicapp.blocks.lines import block_in_words
from musicapp.blocks.links import harmless
from musicapp.blocks.shapes import Section


def in_words(sections: Sequence[Section]) -> list[str]:
    """Each section as its heading and some lines, with an empty line between sections; inside a request context."""
    lines: list[str] = []
    for section in sections:
        said = [harmless(line) for block in section.blocks for line in block_in_words(block, section.heading)]
        if said:
            lines += [*([""] if lines else []), *([harmless(section.heading)] if section.heading else []), *said]
    return lines
