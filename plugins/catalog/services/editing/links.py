"""Links of an artist to other places on the web."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict
from urllib.parse import urlsplit

from musicapp.errors import Invalid
from plugins.catalog.services.words import line_of

MOST_LINKS = 20
LONGEST_LABEL, LONGEST_URL = 60, 500
NOT_A_LINK = "is no address of the web. They look like https://example.org/me."


class Link(TypedDict):
    """An address and what it is called; without a name it is called after its site."""

    label: NotRequired[str]
    url: str


def links_of(given: Sequence[Link]) -> list[dict[str, str]]:
    """Clean links in their order, each address once; empty lines are dropped. Raises Invalid, naming the line."""
    kept: dict[str, str] = {}
    for place, link in enumerate(given, start=1):
        label, url = line_of(link.get("label"), LONGEST_LABEL), link["url"].strip()
        if not url and not label:
            continue
        host = host_of(url)
        if host is None:
            raise wrong_links(f"Link {place}: “{line_of(url, 80)}” {NOT_A_LINK}" if url else f"Link {place}: where to?")
        kept.setdefault(url, label or host)
    if len(kept) > MOST_LINKS:
        raise wrong_links(f"At most {MOST_LINKS} links.")
    return [{"label": label, "url": url} for url, label in kept.items()]


def host_of(url: str) -> str | None:
    """The site that an address of http or https names; None for anything else, or one that carries a password."""
    if len(url) > LONGEST_URL or not url.isprintable() or any(letter in url for letter in ' "<>\\'):
        return None
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc or "." not in host:
        return None
    return host.removeprefix("www.")


def wrong_links(sentence: str) -> Invalid:
    return Invalid("Some of the links do not fit.", {"links": [sentence]})
