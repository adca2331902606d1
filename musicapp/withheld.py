"""Addresses of this site that are not for somebody, asked of the plugins whose they are.

What was written down once with a title and an address, as an alert or a report of a month, outlives what it speaks of:
who shows it asks here first, and leaves out what its reader may not know of any more.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

from musicapp.blocks.shapes import Block, Feature, Ranking, Section, Shares, Tiles, Words
from musicapp.plugins.slots import contributions

LISTS = (Ranking, Shares, Tiles)


@dataclass
class WithheldFrom:
    """What a contribution to `site.withheld` brings: `(person, addresses)` answers those of these addresses that lead
    to something of its plugin which the person (None: a visitor) may not know of."""

    call: Callable[[Any, Collection[str]], Collection[str]]
    name: str


def withheld(person: Any, addresses: Collection[str]) -> set[str]:
    """Those of these addresses that somebody is not led to."""
    asked = {address for address in addresses if address}
    if not asked:
        return set()
    return {address for one in contributions("site.withheld") for address in one.call(person, asked)}


def for_reader(person: Any, sections: list[Section]) -> list[Section]:
    """A document without what its reader may not know of any more; sections that say nothing then are left out."""
    blocks = [block for section in sections for block in section.blocks]
    gone = withheld(person, {address for block in blocks for address in in_block(block)})
    if not gone:
        return sections
    left = [Section(one.heading, [part for block in one.blocks for part in kept(block, gone)]) for one in sections]
    return [section for section in left if section.blocks]


def in_block(block: Block) -> list[str]:
    """Where a block leads."""
    if isinstance(block, LISTS):
        return [line.url for line in block.lines]
    if isinstance(block, Feature):
        return [block.line.url]
    return [block.url] if isinstance(block, Words) else []


def kept(block: Block, gone: set[str]) -> list[Block]:
    """A block without the lines that lead to what is gone; nothing where nothing else was in it."""
    if isinstance(block, LISTS):
        lines = [line for line in block.lines if line.url not in gone]
        return [replace(block, lines=lines)] if lines else []
    return [] if gone.intersection(in_block(block)) else [block]
