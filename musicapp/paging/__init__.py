"""Lists by keyset: a page begins behind the last row of the page before, so its cost never depends on how far it is."""

from musicapp.paging.choice import Choice
from musicapp.paging.cursors import LONGEST_CURSOR
from musicapp.paging.orders import Order
from musicapp.paging.pages import MOST, Page, page_of
from musicapp.paging.shuffled import Shuffled

__all__ = ["LONGEST_CURSOR", "MOST", "Choice", "Order", "Page", "Shuffled", "page_of"]
