"""Claims about every template: nothing inline, and only what Alpine's CSP build runs."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.alpine import Expression, NotAlpine, loop
from tests.people import set_up

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = sorted([*(ROOT / "templates").rglob("*.html"), *ROOT.glob("plugins/*/templates/**/*.html")])
PAGES = [path for path in TEMPLATES if "mail" not in path.relative_to(ROOT).as_posix()]
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}", re.DOTALL)
PRINTED = re.compile(r"\{\{.*?\}\}", re.DOTALL)


class Tags(HTMLParser):
    """Collects what a template must not have, and the attributes that Alpine reads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.alpine: list[tuple[str, str]] = []
        self.feed(PRINTED.sub("printed", JINJA.sub("", text)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in names and names.get("type") != "application/json"):
            self.inline.append(f"<{tag}>")
        for name, value in attrs:
            if name == "style" or re.fullmatch(r"on[a-z]+", name) or (value or "").strip().startswith("javascript:"):
                self.inline.append(f"{tag} {name}={value}")
            if name.startswith(("x-", ":", "@")) and value:
                self.alpine.append((name, value))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_inline_and_alpine_can_run_every_attribute(path: Path) -> None:
    tags = Tags(path.read_text())
    assert tags.inline == []
    for name, value in tags.alpine:
        if name == "x-for":
            loop(value)
        elif not name.startswith(("x-transition", "x-ref", "x-cloak", "x-teleport")):
            Expression(value)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_ask_the_database_nothing(path: Path) -> None:
    assert not re.search(r"\.query\b|db\.session|\.execute\(", path.read_text())


def test_the_page_of_all_parts_is_made_of_parts_that_work(client: FlaskClient) -> None:
    set_up(client.application)
    page = client.get("/components")
    assert page.status_code == 200
    assert Tags(page.text).inline == []


@pytest.mark.parametrize(
    "text",
    [
        "a; b",
        "count += 1",
        "song?.title",
        "a ?? b",
        "`a`",
        "() => a",
        "typeof a",
        "a b",
        "f(",
        "window.x",
        "{a: }",
        "a =",
    ],
)
def test_what_the_csp_build_refuses_is_refused_here_too(text: str) -> None:
    with pytest.raises(NotAlpine):
        Expression(text)


@pytest.mark.parametrize(
    "text",
    [
        "play(song, 2)",
        "open = !open",
        "a ? b : c",
        "!a && (b || c.d[0])",
        "{ on: playing, 'is-off': !playing }",
        "$store.player.queue.length > 0",
        "$dispatch('said', { text: 'Hello; you' })",
        "[1, 'two']",
    ],
)
def test_what_the_csp_build_runs_is_taken(text: str) -> None:
    Expression(text)
