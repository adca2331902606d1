"""The usual licences are known by the words that people and files use for them."""

import pytest

from plugins.catalog.licences import LICENCES, licence_named, licence_url


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("CC BY-SA 4.0", "CC BY-SA 4.0"),
        ("cc by-sa", "CC BY-SA 4.0"),
        (" CC0 ", "CC0 1.0"),
        ("public domain", "Public domain"),
    ],
)
def test_a_usual_licence_is_known_by_its_words(words: str, name: str) -> None:
    licence = licence_named(words)
    assert licence is not None
    assert licence.name == name
    assert licence_url(words).startswith("https://creativecommons.org/")


@pytest.mark.parametrize("words", ["", "Ask me", "CC BY-SA 3.0", "All rights reserved"])
def test_words_without_a_text_to_lead_to_have_no_address(words: str) -> None:
    assert licence_url(words) == ""


def test_licences_have_names_of_their_own() -> None:
    assert len({licence.name.casefold() for licence in LICENCES}) == len(LICENCES)
