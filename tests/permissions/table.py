"""The table of `docs/permissions.md`, as it stands there."""

import re
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule

PAGE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"
PEOPLE = ("visitor", "listener", "owner", "other artist", "moderator", "admin", "suspended")
VERDICTS = {"yes", "log in", "no", "404"}
CONVERTER = re.compile(r"<(?:[a-z]+(?:\([^)]*\))?:)?(\w+)>")


@dataclass(frozen=True)
class Line:
    """One line: a route, the thing that its address names, and what each kind of person is told."""

    method: str
    path: str
    of: str
    told: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.path}" + (f" of: {self.of}" if self.of else "")


def lines() -> list[Line]:
    """The lines of the page, in their order."""
    found = []
    for text in PAGE.read_text().splitlines():
        cells = [cell.strip() for cell in text.strip("|").split("|")] if text.startswith("| `") else []
        if cells:
            method, path = cells[0].strip("`").split(" ", 1)
            found.append(Line(method, path, cells[1], dict(zip(PEOPLE, cells[2:], strict=True))))
    return found


def routes(app: Flask) -> dict[tuple[str, str], Rule]:
    """Every route of an app by its method and its address as the page writes it: without converters."""
    found = {}
    for rule in app.url_map.iter_rules():
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            found[method, CONVERTER.sub(r"<\1>", rule.rule)] = rule
    return found
