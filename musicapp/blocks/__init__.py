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
from musicapp.blocks.stored import as_json, from_json

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
    "as_json",
    "from_json",
]
