"""The words of moderation: what a case can be, what can be decided, and what reports say."""

from datetime import datetime
from typing import Literal, get_args

from musicapp.errors import Invalid
from musicapp.pages import moment

State = Literal["open", "taken", "decided", "appealed", "closed"]
Action = Literal["dismiss", "warn", "label", "flag", "remove", "suspend", "restore"]
Category = Literal["rights", "data", "hateful", "explicit", "broken", "spam", "other"]
Effect = Literal["hide", "remove", "label", "suspend"]

STATES: tuple[State, ...] = get_args(State)
ACTIONS: tuple[Action, ...] = get_args(Action)
CATEGORIES: dict[Category, str] = {
    "rights": "It belongs to somebody else",
    "data": "What is written about it is wrong",
    "hateful": "It is hateful",
    "explicit": "It is explicit without a label",
    "broken": "The file is broken",
    "spam": "It is spam",
    "other": "Something else",
}
STATE_WORDS: dict[State, str] = {
    "open": "Open",
    "taken": "Taken",
    "decided": "Decided",
    "appealed": "Appealed",
    "closed": "Closed",
}
ACTION_WORDS: dict[Action, str] = {
    "dismiss": "Dismiss",
    "warn": "Warn",
    "label": "Label as explicit",
    "flag": "Flag",
    "remove": "Remove",
    "suspend": "Suspend",
    "restore": "Restore",
}
EFFECTS: dict[Action, Effect] = {"label": "label", "flag": "hide", "remove": "remove", "suspend": "suspend"}
"""What an action does to a thing or its owners, as long as its decision stands; others only speak."""
APPEALABLE: frozenset[Action] = frozenset({"warn", "label", "flag", "remove", "suspend"})
ASKED_AGAIN: frozenset[Action] = frozenset({"dismiss", "restore"})
"""What, once undone, leaves who reported the thing without an answer: their reports wait again."""

WITHOUT_REASON = "Say it in a sentence: whom it concerns will read it."
LONGEST_WORDS = 2_000
LONGEST_REASON = 2_000
LONGEST_SUSPENSION_DAYS = 365


def checked_words(text: str, field: str, longest: int = LONGEST_WORDS, *, needed: bool = True) -> str:
    """A text as it is kept, without signs that no database takes. Raises Invalid by its field."""
    words = text.replace("\0", "").strip()
    if needed and not words:
        refuse(field, WITHOUT_REASON if field == "reason" else "Say what it is, in your words.")
    if len(words) > longest:
        refuse(field, f"This is too long: at most {longest:,} characters.")
    return words


def checked_second(at_s: float | None) -> float | None:
    """The second of a song that is meant. Raises Invalid for what no song has."""
    if at_s is not None and not 0 <= at_s <= 24 * 60 * 60:
        refuse("at_s", "This is no second of a song.")
    return at_s


def refuse(field: str, sentence: str) -> None:
    raise Invalid(sentence, {field: [sentence]})


def to_owner(action: Action, thing: str, until: datetime | None = None) -> str:
    """What the owner is told first, before the reason; `thing` is as `your song “Neap”`."""
    return {
        "dismiss": f"We looked at reports about {thing}: nothing changes.",
        "warn": f"You are warned because of {thing}.",
        "label": f"We marked {thing} as explicit.",
        "flag": f"We hid {thing} from listeners.",
        "remove": f"We removed {thing}.",
        "suspend": f"You cannot log in until {moment(until) if until else 'then'}, because of {thing}.",
        "restore": f"We restored {thing}.",
    }[action]


def to_reporter(action: Action, undone_at: datetime | None = None) -> str:
    """What who reported is told of the decision: never whose it was, nor the reason that its owner got."""
    if undone_at is not None and action in ASKED_AGAIN:
        return "We look at it again."
    if undone_at is not None:
        return "We acted on it, and took that back when we looked again."
    return {
        "dismiss": "We looked at it, and it is not against the rules of this site.",
        "warn": "We warned whose it is.",
        "label": "We marked it as explicit.",
        "flag": "We hid it.",
        "remove": "We removed it.",
        "suspend": "We acted against the account.",
        "restore": "We looked at it, and it may stay.",
    }[action]
