"""Credits: who did what on a song or an album."""

from collections.abc import Sequence
from typing import TypedDict

from musicapp.errors import Invalid
from plugins.catalog.services.words import line_of

MOST_CREDITS = 100
LONGEST_ROLE, LONGEST_NAME = 60, 120
# What forms suggest; any other word is as good.
ROLES = (
    "Vocals",
    "Guitar",
    "Bass",
    "Drums",
    "Piano",
    "Keyboards",
    "Violin",
    "Cello",
    "Saxophone",
    "Trumpet",
    "Written by",
    "Lyrics",
    "Arranged by",
    "Produced by",
    "Recorded by",
    "Mixed by",
    "Mastered by",
    "Cover by",
    "Photographs",
    "Thanks to",
)


class Credit(TypedDict):
    """One person and what they did."""

    role: str
    name: str


def credits_of(given: Sequence[Credit]) -> list[dict[str, str]]:
    """Clean credits in their order, each once; empty lines are dropped. Raises Invalid, naming the line."""
    kept: list[dict[str, str]] = []
    for place, credit in enumerate(given, start=1):
        role, name = line_of(credit["role"], LONGEST_ROLE), line_of(credit["name"], LONGEST_NAME)
        if not role and not name:
            continue
        if not role or not name:
            missing = "say what they did" if name else "say who it was"
            raise wrong_credits(f"Credit {place}: {missing}.")
        if {"role": role, "name": name} not in kept:
            kept.append({"role": role, "name": name})
    if len(kept) > MOST_CREDITS:
        raise wrong_credits(f"At most {MOST_CREDITS} credits.")
    return kept


def wrong_credits(sentence: str) -> Invalid:
    return Invalid("Some of the credits do not fit.", {"credits": [sentence]})
