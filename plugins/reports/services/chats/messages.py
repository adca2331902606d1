"""What a chat is told, before any service's own way of writing it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from musicapp.blocks.links import harmless, whole_link

LONGEST_TITLE = 200
MOST_SIGNS = 2_500


@dataclass(frozen=True)
class Message:
    """A sentence, lines below it, where it leads and a picture; addresses are whole."""

    title: str
    lines: list[str] = field(default_factory=list)
    url: str = ""
    picture_url: str = ""


def message_of(title: str, lines: Iterable[str] = (), url: str = "", picture_url: str = "") -> Message:
    """A message that calls nobody and runs nothing, whatever people wrote in it; inside a request context."""
    return Message(shortened(harmless(title)), fitting(map(harmless, lines)), whole_link(url), whole_link(picture_url))


def shortened(words: str) -> str:
    return words if len(words) <= LONGEST_TITLE else words[: LONGEST_TITLE - 1].rstrip() + "…"


def fitting(lines: Iterable[str]) -> list[str]:
    """As many lines as every service takes in one message; the last says that there were more."""
    kept: list[str] = []
    left = MOST_SIGNS
    for line in lines:
        left -= len(line) + 1
        if left < 0:
            return [*kept, "…"]
        kept.append(line)
    return kept
