"""Pictures of numbers for mails, which show no drawings of pages: PNG, at twice their size."""

from musicapp.blocks.pictures.calendar import draw_calendar
from musicapp.blocks.pictures.series import draw_series
from musicapp.blocks.pictures.shares import draw_shares
from musicapp.blocks.shapes import Block, Calendar, Series, Shares


def picture_of(block: Block) -> bytes | None:
    """The picture of a block as PNG, 552 pixels wide where it is shown; None for a block that has none."""
    match block:
        case Series(values=[_, *_]):
            return draw_series(block).png()
        case Calendar(values=[_, *_]):
            return draw_calendar(block).png()
        case Shares(lines=[_, *_]):
            return draw_shares(block).png()
        case _:
            return None
