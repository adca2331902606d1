"""How pages of moderation say what was reported, decided and done, and how long ago it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from musicapp.clock import now
from musicapp.pages import day
from plugins.moderation.services.words import Action, Category

MEANT: Mapping[Category, str] = {
    "rights": "Somebody made it who did not agree. Say who, if you know.",
    "data": "Its title, its artist, its year or its cover, for example.",
    "hateful": "It attacks or threatens people for who they are.",
    "explicit": "Not everybody wants to hear it, and nothing says so.",
    "broken": "It does not play, breaks off, or is something other.",
    "spam": "It advertises, deceives, or is here many times over.",
    "other": "None of these. Say what it is.",
}
SHORTLY: Mapping[str, str] = {
    "rights": "Not theirs to publish",
    "data": "Wrong title or artist",
    "hateful": "Hateful",
    "explicit": "Explicit, not marked",
    "broken": "Broken file",
    "spam": "Spam",
    "other": "Something else",
    "": "Found by a moderator",
}
EFFECTS_IN_WORDS: Mapping[str, str] = {
    "hide": "Hidden",
    "remove": "Taken down",
    "label": "Marked as explicit",
    "suspend": "Account suspended",
}
SIGNS = {
    "comment": "message-circle",
    "playlist": "list-music",
    "artist": "user",
    "user": "user",
    "album": "disc-3",
    "song": "music",
}
UNITS_S = (("d", "day", 86_400), ("h", "hour", 3_600), ("min", "minute", 60))


@dataclass(frozen=True)
class Choice:
    """A decision as a card shows it, and what the button says; `{word}` is the thing, `{by}` whose it is."""

    label: str
    consequence: str
    act: str


CHOICES: Mapping[Action, Choice] = {
    "dismiss": Choice("Keep it", "Nothing is changed. {by} and who reported it are told so.", "Keep it"),
    "warn": Choice("Keep it, with a warning", "It stays as it is. {by} reads your reason.", "Warn {by}"),
    "label": Choice("Mark it as explicit", "It stays, and says so wherever it is shown.", "Mark it as explicit"),
    "flag": Choice(
        "Hide it until it is fixed", "{by} and the staff still see it. Playlists keep its place.", "Hide the {word}"
    ),
    "remove": Choice("Take it down", "Only the staff see it. It is kept, for an appeal.", "Take the {word} down"),
    "suspend": Choice(
        "Suspend the account",
        "{by} is signed out everywhere, and cannot log in for the days that you say.",
        "Suspend the account",
    ),
    "restore": Choice("Show it again", "What was decided before no longer holds.", "Show the {word} again"),
}
DECISIONS: Mapping[str, str] = {
    "dismiss": "Keep it",
    "warn": "Warn",
    "label": "Mark as explicit",
    "flag": "Hide",
    "remove": "Take down",
    "suspend": "Suspend",
    "restore": "Show again",
}
DECIDED: Mapping[str, str] = {
    "dismiss": "Kept",
    "warn": "Warned",
    "label": "Marked as explicit",
    "flag": "Hidden",
    "remove": "Taken down",
    "suspend": "Suspended",
    "restore": "Shown again",
}


def age(moment: datetime) -> str:
    """How long ago a moment was, as short as it gets: “2 h”, “3 d”."""
    seconds = max(0.0, (now() - moment).total_seconds())
    short, _, size = next((unit for unit in UNITS_S if seconds >= unit[2]), UNITS_S[-1])
    return f"{max(1, int(seconds // size))} {short}"


def age_in_words(moment: datetime) -> str:
    """The same in words: “2 hours”, “one day”."""
    seconds = max(0.0, (now() - moment).total_seconds())
    _, unit, size = next((unit for unit in UNITS_S if seconds >= unit[2]), UNITS_S[-1])
    count = max(1, int(seconds // size))
    return f"one {unit}" if count == 1 else f"{count} {unit}s"


def ago(moment: datetime) -> str:
    """“2 h ago”, and from a week on the day."""
    return f"{age(moment)} ago" if (now() - moment).total_seconds() < 7 * 86_400 else day(moment)


def hours_in_words(hours: int) -> str:
    """“one hour”, “36 hours”, “2 days”."""
    if hours >= 48 and hours % 24 == 0:
        return f"{hours // 24} days"
    return "one hour" if hours == 1 else f"{hours} hours"
