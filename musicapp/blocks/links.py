"""What a block's address and words may be when they leave the site: nothing that runs, nothing that calls people."""

import re
from urllib.parse import urlsplit

from musicapp.pages import absolute

UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")


def safe_link(url: str) -> str:
    """An address of this site or of the web as it is, "" for any other, such as `javascript:`."""
    if UNSEEN.search(url) or "\\" in url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    here = not parts.scheme and not parts.netloc and url.startswith(("/", "#"))
    return url if here or (parts.scheme in ("http", "https") and parts.netloc) else ""


def whole_link(url: str) -> str:
    """The same for who reads it elsewhere, with the site's own address before it; "" for what may not be a link."""
    safe = safe_link(url)
    return absolute(safe) if safe.startswith("/") else "" if safe.startswith("#") else safe


def one_line(text: str) -> str:
    """Words on one line, without signs that nobody sees."""
    return " ".join(UNSEEN.sub(" ", text).split())


def harmless(text: str) -> str:
    """Words that no chat takes for mark-up or for calling somebody: <!all> → ‹!all›, @all → @\u2060all.

    What was made harmless before stays as it is.
    """
    return one_line(text.replace("@\u2060", "@")).translate({ord("<"): "‹", ord(">"): "›"}).replace("@", "@\u2060")
