"""Timed lyrics: what LRC files really look like."""

import time

import pytest

from plugins.catalog.lyrics import MOST_LINES, TimedLine, plain_words, timed_lines

BUS = """[ti:Night Bus]
[ar:Nils Hollar]
[00:12.50]Four of us and a driver
[00:16.04]and a cello with a seat

[00:20.1]
[01:02.003]everybody has a view"""


def test_each_line_begins_at_its_time() -> None:
    assert timed_lines(BUS) == [
        TimedLine(12.5, "Four of us and a driver"),
        TimedLine(16.04, "and a cello with a seat"),
        TimedLine(20.1, ""),
        TimedLine(62.003, "everybody has a view"),
    ]


@pytest.mark.parametrize(
    ("line", "at_s"),
    [
        ("[1:02.5]go", 62.5),
        ("[01:02]go", 62.0),
        ("[01:02:50]go", 62.5),
        ("[100:00.25] go ", 6000.25),
        ("\ufeff[00:01.00]go", 1.0),
        ("[00:01.00]<00:01.00>g<00:01.20>o", 1.0),
        ("  [00:01.00]go", 1.0),
        ("[la:en]\r\n[00:01.00]go\r\n", 1.0),
        ("[length: 2:00]\r[#:made by hand]\r[00:01.00]go", 1.0),
    ],
)
def test_times_are_read_as_players_write_them(line: str, at_s: float) -> None:
    assert timed_lines(line) == [TimedLine(at_s, "go")]


def test_a_line_sung_twice_stands_at_both_times_and_all_are_sorted() -> None:
    lines = timed_lines("[00:30.00][00:10.00]Oh hey\n(hey)\n[00:20.00]In between")
    assert [(line.at_s, line.words) for line in lines] == [
        (10.0, "Oh hey"),
        (10.0, "(hey)"),
        (20.0, "In between"),
        (30.0, "Oh hey"),
        (30.0, "(hey)"),
    ]


@pytest.mark.parametrize(
    ("offset", "at_s"), [("500", 9.5), ("+1500", 8.5), ("-250", 10.25), ("99999", 0.0), ("soon", 10.0)]
)
def test_an_offset_moves_every_line_and_none_before_the_start(offset: str, at_s: float) -> None:
    assert timed_lines(f"[00:10.00]go\n[offset:{offset}]") == [TimedLine(at_s, "go")]


@pytest.mark.parametrize(
    "text", ["", "Lamp out\nmoon in", "[Chorus]\nOh hey", "[ar:Nils]", "at [00:10.00] we left", "[00:75.00]no second"]
)
def test_plain_lyrics_have_no_times(text: str) -> None:
    assert timed_lines(text) == []


def test_words_to_read_carry_no_stamps_and_lose_no_line() -> None:
    assert plain_words(BUS) == "Four of us and a driver\nand a cello with a seat\n\neverybody has a view"
    assert plain_words("[Verse: 1]\r\nLamp out\r\n\r\nmoon in\r\n") == "[Verse: 1]\nLamp out\n\nmoon in"
    assert plain_words("[00:01.00]Lamp out\n[Verse: 2]\n[00:02.00]moon in") == "Lamp out\n[Verse: 2]\nmoon in"


@pytest.mark.parametrize(
    "text",
    ["[00:01.00]" * 100_000, "[00:01.00]" * 2_000 + "go" + "\nand on" * 30_000, "[" * 500_000, "<00:" * 300_000],
    ids=["stamps", "stamps times lines", "brackets", "words"],
)
def test_a_hostile_text_costs_little(text: str) -> None:
    began = time.process_time()
    assert len(timed_lines(text)) <= MOST_LINES
    plain_words(text)
    assert time.process_time() - began < 1
