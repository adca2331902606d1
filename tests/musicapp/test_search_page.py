"""The search page: what plugins find, arranged, marked and answered while somebody types."""

import pytest

from musicapp.site.found import Found
from musicapp.site.marking import marked
from musicapp.site.results import arranged


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("Nils Hollar", "nil", "<mark>Nil</mark>s Hollar"),
        ("Vanilla", "NIL", "Va<mark>nil</mark>la"),
        ("Night Bus to Årdal", "ardal bus", "Night <mark>Bus</mark> to <mark>Årdal</mark>"),
        ("Straße", "ss", "Stra<mark>ß</mark>e"),
        ("Rock & <Roll>", "roll", "Rock &amp; &lt;<mark>Roll</mark>&gt;"),
        ("夜のバス", "バス", "夜の<mark>バス</mark>"),
        ("Neap", "tide", "Neap"),
        ("aaa", "aa", "<mark>aaa</mark>"),
        ("Neap", "", "Neap"),
        ("", "x", ""),
    ],
)
def test_what_was_looked_for_is_marked_whatever_its_case_and_accents(name: str, text: str, shown: str) -> None:
    assert str(marked(name, text)) == shown


def test_the_best_match_is_the_closest_name_and_of_equals_a_person() -> None:
    song, album = Found("song", "Nil", "/s"), Found("album", "Nils", "/b", shown_as="card")
    artist = Found("artist", "Níl", "/a", shown_as="face")
    groups = {"song": [Found("song", "Vanilla", "/v"), song], "album": [album], "artist": [artist]}
    assert arranged("nil", "", groups).best is artist
    assert arranged("nils", "", groups).best is album
    assert arranged("nil", "", {}).best is None


def test_one_kind_alone_is_shown_only_when_something_of_it_was_found() -> None:
    groups = {"song": [Found("song", "Neap", "/s")], "album": [Found("album", "Neap", "/a")]}
    assert list(arranged("neap", "album", groups).shown) == ["album"]
    assert list(arranged("neap", "poem", groups).shown) == ["song", "album"]
    assert arranged("neap", "album", groups).number == 2
