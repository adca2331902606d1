"""Letters: what plugins contribute to `site.letter`, and what their functions write when a mail is sent."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from flask import current_app

from musicapp.plugins.problems import did_you_mean
from musicapp.plugins.slots import contributions


@dataclass(frozen=True)
class Picture:
    """A picture inside a letter; its HTML shows it as `<img src="cid:name">`."""

    name: str
    image: bytes
    kind: Literal["png", "jpeg"] = "png"


@dataclass(frozen=True)
class Letter:
    """A mail that is ready to go to one address; `headers` are added to the site's own."""

    address: str
    subject: str
    text: str
    html: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)
    person_id: int | None = None


@dataclass
class LetterKind:
    """What a contribution brings: the function that writes the letter from what was posted, and what admins call it.

    It is called by the worker, with the payload by keyword, as if within a request to SITE_URL; it answers None where
    the letter is no longer wanted.
    """

    call: Callable[..., Letter | None]
    name: str
    title: str


def letter_kinds() -> dict[str, LetterKind]:
    """All kinds of letters that running plugins write, by name."""
    return {kind.name: kind for kind in contributions("site.letter")}


def known_kind(name: str) -> LetterKind:
    """The kind of this name; raises LookupError with a hint."""
    kinds = letter_kinds()
    if name not in kinds:
        raise LookupError(f"No letter is named “{name}”.{did_you_mean(name, kinds)}")
    return kinds[name]


def write_letter(name: str, payload: dict[str, Any]) -> Letter | None:
    """The letter as it is to be sent now; None where nobody wants it any more."""
    with current_app.test_request_context(base_url=current_app.config["SITE_URL"]):
        return known_kind(name).call(**payload)
