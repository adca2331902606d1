"""What people wrote, as HTML: plain text in which addresses are links and names with `@` are marked, no more."""

import re
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from plugins.catalog.services.words import TURNING

ADDRESS = re.compile(r"\bhttps?://[^\s<>\"'`]+", re.IGNORECASE)
ENDS = ".,;:!?…"
BRACKETS = {")": "(", "]": "[", "}": "{"}
LONGEST_ADDRESS = 1_000
SHOWN = 60
LINK = Markup('<a href="{}" rel="nofollow ugc noopener" target="_blank">{}</a>')
NAME = Markup('<b class="named">{}</b>')


def linked(text: str, names: Collection[str] = ()) -> Markup:
    """A text of strangers for a page: escaped, with links, and with `@` and one of `names` marked.

    Line breaks stay as they are; `class="prose kept"` shows them, and breaks words that are too long for a line.
    """
    calm = "".join(letter for letter in text if letter not in TURNING)
    return Markup("").join(pieces(calm, names))


def pieces(text: str, names: Collection[str]) -> Iterator[Markup]:
    """A text cut at its addresses, each piece as HTML."""
    done = 0
    for found in ADDRESS.finditer(text):
        address = without_sentence(found.group())
        if not is_plain(address):
            continue
        yield named(text[done : found.start()], names)
        yield LINK.format(address, shortened(address))
        done = found.start() + len(address)
    yield named(text[done:], names)


def without_sentence(address: str) -> str:
    """An address without the marks of the sentence around it: “(see https://a.example/b).” → https://a.example/b."""
    while address:
        last = address[-1]
        closes = last in BRACKETS and address.count(last) > address.count(BRACKETS[last])
        if last not in ENDS and not closes:
            break
        address = address[:-1]
    return address


def is_plain(address: str) -> bool:
    """Whether an address leads where it seems to: to a host, without a user's name before it."""
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and "@" not in parts.netloc and len(address) <= LONGEST_ADDRESS
    except ValueError:
        return False


def shortened(address: str) -> str:
    """An address as it is shown: its beginning, when it is long."""
    return address if len(address) <= SHOWN else f"{address[: SHOWN - 1]}…"


def named(text: str, names: Collection[str]) -> Markup:
    """A text without addresses, with `@` and one of these names marked, the longest that fits."""
    if not names or "@" not in text:
        return escape(text)
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    parts = re.split(rf"(?<!\w)(@(?:{longest_first}))(?!\w)", text, flags=re.IGNORECASE)
    return Markup("").join(NAME.format(part) if place % 2 else escape(part) for place, part in enumerate(parts))
