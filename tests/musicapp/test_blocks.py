"""Claims about documents: a page, a mail and a chat say the same numbers, and none of them runs what it is given."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, get_args

import pytest
from flask import Flask, get_template_attribute
from PIL import Image

from musicapp.blocks import Block, Calendar, Figure, Headline, Line, Ranking, Section, Series, as_json, chat, from_json
from musicapp.blocks.links import harmless
from musicapp.blocks.mail import Footer, Rendered, render
from musicapp.blocks.numbers import change_of, in_words
from musicapp.blocks.samples import sample_document
from musicapp.blocks.tints import site_tint
from tests.conftest import AppMaker

HOSTILE = '<script>alert("1")</script>'
A_MINUTE_MS = 60_000
NUMBERS = (
    "31 h 20 min",
    "8,412",
    "18 % more than before",
    "4 % fewer than before",
    "4.6",
    "3 h 12 min",
    "520",
    "3,449",
)
TAG = re.compile(r"<[^>]*>")


@pytest.fixture
def database(tmp_path: Path) -> str:
    """SQLite is enough: no row is read but the site's name."""
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture
def app(make_app: AppMaker) -> Iterator[Flask]:
    """A site without plugins, within a request to it."""
    app = make_app(plugins=[], site_url="https://music.example.org")
    with app.test_request_context(base_url=app.config["SITE_URL"]):
        yield app


def page_of(sections: list[Section]) -> str:
    return str(get_template_attribute("parts/blocks.html", "show")(sections))


def words_of(html: str) -> str:
    """What is read of a page or a mail."""
    return " ".join(TAG.sub(" ", html.partition("</style>")[2] or html).split())


def hostile(value: Any) -> Any:
    """The same record with every text in it replaced by one that tries to run."""
    if isinstance(value, dict):
        kept = ("kind", "unit", "good", "first")
        return {name: part if name in kept else hostile(part) for name, part in value.items()}
    if isinstance(value, list):
        return [hostile(part) for part in value]
    return HOSTILE if isinstance(value, str) else value


def test_a_document_comes_back_from_json_as_it_was() -> None:
    document = sample_document()
    assert {type(block) for section in document for block in section.blocks} == set(get_args(Block))
    raw = json.loads(json.dumps(as_json(document)))
    assert from_json(raw) == document
    raw[0]["blocks"].append({"kind": "hologram"})
    assert from_json(raw) == document
    del raw[0]["blocks"][0]["figure"]["good"]
    assert from_json(raw) == document


def test_what_nobody_could_show_is_refused_when_it_is_read() -> None:
    raw = as_json([Section("", [Series("Plays", ["1 Oct"], [float("nan")])])])
    with pytest.raises(ValueError, match="finite"):
        from_json(raw)
    raw[0]["blocks"][0] |= {"values": [1.0], "labels": ["1 Oct", "2 Oct"]}
    with pytest.raises(ValueError, match="1 values, but 2 labels"):
        from_json(raw)
    with pytest.raises(ValueError, match="unit"):
        from_json(as_json([Section("", [Headline(Figure("Heard", 1, unit="miles"))])]))  # type: ignore[arg-type]


def test_page_mail_and_chat_say_the_same_numbers(app: Flask) -> None:
    document = sample_document()
    mail = render("Your October", document)
    said = (words_of(page_of(document)), words_of(mail.html), mail.text, "\n".join(chat.in_words(document)))
    for number in NUMBERS:
        assert [number in words for words in said] == [True] * 4, number
    plays = next(block for section in document for block in section.blocks if isinstance(block, Series))
    for value in (*plays.values, *plays.before):
        assert [in_words(value) in words for words in said[:3]] == [True] * 3, value


def test_hostile_text_runs_nowhere_and_calls_nobody(app: Flask) -> None:
    document = from_json(hostile(as_json(sample_document())))
    page, mail = page_of(document), render(HOSTILE, document, intro=HOSTILE, footer=Footer(HOSTILE, [(HOSTILE, "/x")]))
    for html in (page, mail.html):
        assert "<script" not in html
        assert "&lt;script&gt;" in html
    evil = Ranking(
        "Top", [Line("Go\nto @everyone <!channel>", url="javascript:alert(1)", picture_url="//evil.example/x")]
    )
    for html in (page_of([Section("", [evil])]), render("x", [Section("", [evil])]).html):
        assert "javascript:" not in html
        assert "evil.example" not in html
    lines = chat.in_words([Section("", [evil])])
    assert lines == ["Top:", "1. Go to @\u2060everyone ‹!channel›"]
    assert [harmless(line) for line in lines] == lines
    assert not any("<" in line for line in chat.in_words(document))


def test_a_mail_carries_its_pictures_and_fetches_nothing(app: Flask) -> None:
    mail = render("Your October", sample_document(), intro="What you heard.", preheader="31 hours")
    shown = re.findall(r'<img src="([^"]*)"[^>]*alt="([^"]+)"', mail.html)
    assert [f"cid:{picture.name}" for picture in mail.pictures] == [source for source, _ in shown]
    assert mail.html.count("<img") == len(shown) == 4
    assert not re.search(r"<script|<link|<iframe|@import|url\(|srcset|background=", mail.html)
    assert set(re.findall(r'(?:href|src)="(https?://[^/"]+)', mail.html)) == {"https://music.example.org"}
    assert all(Image.open(BytesIO(picture.image)).size[0] == 2 * 552 for picture in mail.pictures)
    assert sum(len(picture.image) for picture in mail.pictures) < 50_000
    assert len(mail.html) < 60_000  # programs cut mails off at about 100 KB
    assert "prefers-color-scheme: dark" in mail.html
    assert mail.html.index("31 hours") < mail.html.index("What you heard.")


def test_what_is_empty_long_or_alone_is_drawn_too(app: Flask) -> None:
    year = Calendar("Your year", date(2024, 1, 1), [float(day % 7) for day in range(366)])
    empty = Calendar("Nothing", date(2026, 2, 1), [0.0] * 28)
    alone = Series("One day", ["1 Oct"], [5.0], [4.0, 3.0])
    nothing = Series("No day", [], [])
    document = [Section("", [year, empty, alone, nothing, Headline(Figure("Unknown", None))])]
    page, mail = page_of(document), render("All", document)
    assert page.count("<figure") == 2 * 2  # the year and the one day, each for wide pages and for phones
    assert len(mail.pictures) == 3
    assert words_of(page).count("Nothing in this time.") == 2
    assert "30 December 2024" in page
    assert "–" in words_of(mail.html)


def test_letters_that_the_pictures_font_lacks_stand_beside_them(app: Flask) -> None:
    plain = Series("Plays", ["1", "2"], [1.0, 2.0])
    mails: list[Rendered] = [
        render("x", [Section("", [replace(plain, callout=callout)])]) for callout in ("", "塩の暦", "Salt")
    ]
    pictures = [mail.pictures[0].image for mail in mails]
    assert pictures[0] != pictures[2]
    assert "塩の暦" in mails[1].html


@pytest.mark.parametrize(
    ("value", "before", "unit", "words", "way"),
    [
        (118, 100, "", "18 % more than before", "up"),
        (96, 100, "", "4 % fewer than before", "down"),
        (100, 100, "", "as before", ""),
        (5, 0, "", "nothing before", "up"),
        (1001, 1000, "", "a little more than before", "up"),
        (90 * A_MINUTE_MS, 180 * A_MINUTE_MS, "ms", "50 % less than before", "down"),
        (4.6, 4.4, "stars", "0.2 more than before", "up"),
        (41, 44, "percent", "3 points less than before", "down"),
    ],
)
def test_a_change_is_said_in_words(value: float, before: float, unit: Any, words: str, way: str) -> None:
    change = change_of(Figure("Any", value, before, unit))
    assert change is not None
    assert (change.words, change.way) == (words, way)


def test_a_change_for_the_worse_may_be_one_that_grows() -> None:
    tones = [change.tone for good in ("up", "down", "") if (change := change_of(Figure("x", 2, 1, good=good)))]
    assert tones == ["good", "bad", "muted"]
    assert change_of(Figure("x", 2)) is None


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (1204, "", "1,204"),
        (2.5, "", "2.5"),
        (112_800_000, "ms", "31 h 20 min"),
        (0, "ms", "0 min"),
        (999_600, "bytes", "1.0 MB"),
        (512, "bytes", "512 bytes"),
        (2.4e12, "bytes", "2.4 TB"),
        (4.0, "stars", "4.0"),
        (41.4, "percent", "41 %"),
        (None, "", "–"),
    ],
)
def test_a_number_is_said_with_its_unit(value: float | None, unit: Any, words: str) -> None:
    assert in_words(value, unit) == words


@pytest.mark.parametrize(
    ("tint", "shown"),
    [
        ("13", "13"),
        ("grey", "grey"),
        ("24", "grey"),
        ("#0057d9", "17"),
        ("#808080", "grey"),
        ("", "grey"),
        ("#zz", "grey"),
    ],
)
def test_any_tint_becomes_one_of_the_sites(tint: str, shown: str) -> None:
    assert site_tint(tint) == shown
