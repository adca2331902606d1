"""What stands in the words of strangers: addresses of the web, and names with `@`.

Asked for how the words look and for who is told of them, so that both agree.
"""

import re
from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

ADDRESS = re.compile(r"\bhttps?://[^\s<>\"'`]+", re.IGNORECASE)
ENDS = ".,;:!?…"
BRACKETS = {")": "(", "]": "[", "}": "{"}
LONGEST_ADDRESS = 1_000


def cut_at_addresses(text: str) -> list[str]:
    """A text in pieces of which every second one is an address."""
    pieces, done = [], 0
    for found in ADDRESS.finditer(text):
        address = without_sentence(found.group())
        if is_plain(address):
            pieces += [text[done : found.start()], address]
            done = found.start() + len(address)
    return [*pieces, text[done:]]


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


def cut_at_names(text: str, names: Collection[str]) -> list[str]:
    """A text without addresses in pieces of which every second one is `@` and one of `names`, the longest that fits."""
    if not names or "@" not in text:
        return [text]
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.split(rf"(?<!\w)(@(?:{longest_first}))(?!\w)", text, flags=re.IGNORECASE)


def names_in(text: str, names: Collection[str]) -> Iterator[str]:
    """The names behind `@` in a text, as they are written there."""
    for words in cut_at_addresses(text)[::2]:
        yield from (name.removeprefix("@") for name in cut_at_names(words, names)[1::2])
