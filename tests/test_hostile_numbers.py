"""What every route of the site answers to numbers that no table of it holds."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import IntegerConverter, Rule

from tests.people import add_person, bearer, sign_in

TOO_LARGE = 10**30
UNWRITTEN = "9" * 5000
ASKED = (
    dict.fromkeys(("limit", "before", "after", "ids", "song", "album", "artist", "page", "at"), str(TOO_LARGE)),
    dict.fromkeys(("q", "text", "cursor", "address", "sort", "state", "genre", "year", "kind", "next"), "\x00"),
    {"cursor": UNWRITTEN, "limit": UNWRITTEN, "ids": f"{UNWRITTEN},7", "song": UNWRITTEN, "artist": UNWRITTEN},
)


def addresses(app: Flask, method: str, *, api: bool) -> Iterator[str]:
    """An address of every route that takes this method, with a number that is too large wherever it takes one."""
    builder = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()) and rule.rule.startswith("/api/") == api and takes_numbers_alone(rule):
            yield builder.build(rule.endpoint, dict.fromkeys(rule.arguments, TOO_LARGE), method=method)


def takes_numbers_alone(rule: Rule) -> bool:
    return all(isinstance(rule._converters.get(name), IntegerConverter) for name in rule.arguments)


@pytest.fixture
def careless(app: Flask) -> Flask:
    """The site, answering 500 as a running one would instead of raising into the test."""
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


def test_pages_answer_numbers_that_no_table_holds(careless: Flask) -> None:
    client = careless.test_client()
    sign_in(client, add_person(careless, "Ada", "admin"))
    broken = []
    for address in addresses(careless, "GET", api=False):
        for asked in ASKED:
            answer = client.get(address, query_string=asked)
            answer.close()
            if answer.status_code >= 500 and address != "/readyz":
                broken.append((address, sorted(asked), answer.status_code))
    assert broken == []


def test_the_api_answers_numbers_that_no_table_holds(careless: Flask) -> None:
    client = careless.test_client()
    token = bearer(careless, add_person(careless, "Ada", "admin"))
    broken = []
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        for address in addresses(careless, method, api=True):
            for asked in ASKED if method == "GET" else ASKED[:1]:
                body = None if method == "GET" else {}
                answer = client.open(address, method=method, query_string=asked, headers=token, json=body)
                answer.close()
                if answer.status_code >= 500:
                    broken.append((method, address, sorted(asked), answer.status_code))
    assert broken == []
