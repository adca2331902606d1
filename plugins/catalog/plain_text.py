"""What people wrote, as HTML: plain text in which addresses are links and names with `@` are marked, no more."""

from collections.abc import Collection

from markupsafe import Markup, escape

from plugins.catalog.services.prose import cut_at_addresses, cut_at_names
from plugins.catalog.services.words import TURNING

SHOWN = 60
LINK = Markup('<a href="{}" rel="nofollow ugc noopener" target="_blank">{}</a>')
NAME = Markup('<b class="named">{}</b>')


def linked(text: str, names: Collection[str] = ()) -> Markup:
    """A text of strangers for a page: escaped, with links, and with `@` and one of `names` marked.

    Line breaks stay as they are; `class="prose kept"` shows them, and breaks words that are too long for a line.
    """
    calm = "".join(letter for letter in text if letter not in TURNING)
    pieces = enumerate(cut_at_addresses(calm))
    return Markup("").join(link(piece) if place % 2 else named(piece, names) for place, piece in pieces)


def link(address: str) -> Markup:
    """A link that shows the address itself, or its beginning when it is long."""
    return LINK.format(address, address if len(address) <= SHOWN else f"{address[: SHOWN - 1]}…")


def named(text: str, names: Collection[str]) -> Markup:
    """A text without addresses, with `@` and one of these names marked."""
    pieces = enumerate(cut_at_names(text, names))
    return Markup("").join(NAME.format(piece) if place % 2 else escape(piece) for place, piece in pieces)
