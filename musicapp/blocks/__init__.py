"""What numbers look like in words and pictures: one document for a page, a mail and a chat."""

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
    Words,
)

__all__ = [
    "Block",
    "Calendar",
    "Feature",
    "Figure",
    "Figures",
    "Headline",
    "Line",
    "Ranking",
    "Section",
    "Series",
    "Shares",
    "Tiles",
    "Words",
]
