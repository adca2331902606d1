"""The usual licences of music: their short names, titles, and where their texts stand."""

from dataclasses import dataclass

CREATIVE_COMMONS = "https://creativecommons.org/licenses"
PUBLIC_DOMAIN = "https://creativecommons.org/publicdomain"


@dataclass(frozen=True)
class Licence:
    """A licence that an artist may choose; a song carries its short name. `url` is "" where there is no text."""

    name: str
    title: str
    url: str


LICENCES = (
    Licence("All rights reserved", "Others may listen, and ask you for everything else", ""),
    Licence("CC BY 4.0", "Share and change, naming you", f"{CREATIVE_COMMONS}/by/4.0/"),
    Licence("CC BY-SA 4.0", "Share and change, naming you, under this licence", f"{CREATIVE_COMMONS}/by-sa/4.0/"),
    Licence("CC BY-ND 4.0", "Share unchanged, naming you", f"{CREATIVE_COMMONS}/by-nd/4.0/"),
    Licence("CC BY-NC 4.0", "Share and change, naming you, not for money", f"{CREATIVE_COMMONS}/by-nc/4.0/"),
    Licence(
        "CC BY-NC-SA 4.0",
        "Share and change, naming you, not for money, under this licence",
        f"{CREATIVE_COMMONS}/by-nc-sa/4.0/",
    ),
    Licence("CC BY-NC-ND 4.0", "Share unchanged, naming you, not for money", f"{CREATIVE_COMMONS}/by-nc-nd/4.0/"),
    Licence("CC0 1.0", "You give up all rights", f"{PUBLIC_DOMAIN}/zero/1.0/"),
    Licence("Public domain", "Nobody holds rights any more", f"{PUBLIC_DOMAIN}/mark/1.0/"),
)
BY_NAME = {licence.name.casefold(): licence for licence in LICENCES}


def licence_named(words: str) -> Licence | None:
    """The usual licence that a song's words mean, or None for own words: “cc by-sa” is “CC BY-SA 4.0”."""
    said = " ".join(words.casefold().split())
    return BY_NAME.get(said) or BY_NAME.get(f"{said} 4.0") or BY_NAME.get(f"{said} 1.0")


def licence_url(words: str) -> str:
    """Where the text of a song's licence stands, or "" for own words."""
    licence = licence_named(words)
    return licence.url if licence else ""
