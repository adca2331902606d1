"""The password again, before what is dangerous."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from plugins.auth import fresh
from tests.conftest import AppMaker, on_one_database
from tests.people import PASSWORD, add_person, bearer, post, sign_in
from tests.plugins.auth.conftest import started

LATER = timedelta(minutes=16)


@pytest.fixture
def guarded(make_app: AppMaker) -> Flask:
    """A site with something dangerous at /danger and /api/danger."""
    app = started(make_app)

    def danger() -> Any:
        return fresh.ask_again_unless_fresh() or "done"

    for endpoint, rule in (("danger", "/danger"), ("api_danger", "/api/danger")):
        app.add_url_rule(rule, endpoint, danger, methods=["GET", "POST"])
        app.extensions["permissions"][endpoint] = "member"
    return app


@on_one_database
def test_a_password_is_asked_again_when_it_was_given_long_ago(guarded: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = guarded.test_client()
    sign_in(client, add_person(guarded))
    assert client.get("/danger").text == "done"

    later = datetime.now(UTC) + LATER
    monkeypatch.setattr(fresh, "now", lambda: later)
    assert client.get("/danger?of=7").location == "/account/verify?next=/danger?of%3D7"
    assert client.get("/api/danger").status_code == 403
    assert "/account/verify" in client.get("/api/danger").json["message"]

    wrong = post(client, "/account/verify", {"password": "wrong", "next": "/danger"}, page="/account")
    assert wrong.status_code == 422 and "not your present password" in wrong.text
    assert client.get("/danger").status_code == 302
    for asked, led_to in (("https://example.org/", "/"), ("/danger?of=7", "/danger?of=7")):
        right = post(client, "/account/verify", {"password": PASSWORD, "next": asked}, page="/account")
        assert right.location == led_to
    assert client.get("/danger").text == "done"


@on_one_database
def test_a_token_is_fresh_when_it_was_just_logged_in_with_and_never_when_it_was_made_to_be_kept(
    guarded: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, ada = guarded.test_client(), add_person(guarded)
    header = bearer(guarded, ada)
    assert client.post("/api/danger", headers=header).text == "done"

    made = client.post("/api/tokens", json={"name": "script"}, headers=header).json["data"]["token"]
    refused = client.post("/api/danger", headers={"Authorization": f"Bearer {made}"})
    assert refused.status_code == 403 and "/api/login" in refused.json["message"]

    later = datetime.now(UTC) + LATER
    monkeypatch.setattr(fresh, "now", lambda: later)
    assert client.post("/api/danger", headers=header).status_code == 403


@on_one_database
def test_wrong_passwords_are_a_pause_here_too(app: Flask, client: FlaskClient) -> None:
    sign_in(client, add_person(app))
    tries = [post(client, "/account/verify", {"password": "wrong"}, page="/account").status_code for _ in range(11)]
    assert tries == [422] * 10 + [429]
