"""The second factor by the API: the same steps as on the pages, the same questions before them, the same pause."""

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from plugins.auth import fresh
from plugins.auth.services import second_factor
from tests.conftest import on_one_database
from tests.people import PASSWORD, Somebody, add_person, bearer, post
from tests.plugins.auth.conftest import Travel
from tests.plugins.auth.second_factors import Phone, switch_on

PATH = "/api/account/second-factor"
HALF_MINUTE = timedelta(seconds=30)


def log_in(client: FlaskClient, person: Somebody, **code: str) -> int:
    """What the API says to their password, and perhaps a code."""
    return client.post("/api/login", json={"email": person.email, "password": PASSWORD, **code}).status_code


def state(client: FlaskClient, headers: dict[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = client.get(PATH, headers=headers).json["data"]
    return told


def test_a_program_sets_it_up_renews_its_codes_and_switches_it_off(app: Flask, client: FlaskClient, at: Travel) -> None:
    ada = add_person(app)
    headers = bearer(app, ada)
    at(timedelta(0))
    assert state(client, headers) == {"on_since": None, "recovery_codes_left": 0, "is_awaited": False}
    first, begun = (client.post(PATH, headers=headers) for _ in range(2))
    assert begun.status_code == 201 and begun.headers["Cache-Control"] == "no-store"
    shown = begun.json["data"]
    assert first.json["data"]["secret"] != shown["secret"]
    assert parse_qs(urlsplit(shown["otpauth_url"]).query)["secret"] == [shown["secret"]]
    phone = Phone(shown["secret"])
    wrong = client.post(f"{PATH}/confirm", json={"code": Phone(first.json["data"]["secret"]).code()}, headers=headers)
    assert wrong.status_code == 422 and wrong.json["errors"].keys() == {"code"}
    assert log_in(client, ada) == 200
    assert client.post(f"{PATH}/recovery-codes", headers=headers).status_code == 409
    confirmed = client.post(f"{PATH}/confirm", json={"code": phone.code()}, headers=headers)
    codes = confirmed.json["data"]["recovery_codes"]
    assert len(set(codes)) == 10 and confirmed.headers["Cache-Control"] == "no-store"
    assert state(client, headers)["on_since"] and client.post(PATH, headers=headers).status_code == 409
    assert client.post(f"{PATH}/confirm", json={"code": phone.code()}, headers=headers).status_code == 409
    assert (log_in(client, ada), log_in(client, ada, code=codes[0])) == (401, 200)
    newer = client.post(f"{PATH}/recovery-codes", headers=headers).json["data"]["recovery_codes"]
    assert (log_in(client, ada, code=codes[1]), log_in(client, ada, code=newer[1])) == (401, 200)
    assert state(client, headers)["recovery_codes_left"] == 9
    for body in ({"password": "not this one", "code": newer[2]}, {"password": PASSWORD, "code": codes[2]}):
        assert client.delete(PATH, json=body, headers=headers).status_code == 422
    at(HALF_MINUTE)
    off = {"password": PASSWORD, "code": phone.code()}
    assert [client.delete(PATH, json=off, headers=headers).status_code for _ in range(2)] == [200, 409]
    assert state(client, headers)["on_since"] is None and log_in(client, ada) == 200


@on_one_database
def test_a_token_that_was_not_just_logged_in_with_begins_nothing_and_reads_no_codes(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers = bearer(app, add_person(app))
    named = client.post("/api/tokens", json={"name": "Sync"}, headers=headers).json["data"]["token"]
    kept = {"Authorization": f"Bearer {named}"}
    later = fresh.now() + timedelta(minutes=16)
    for path in (PATH, f"{PATH}/recovery-codes"):
        assert client.post(path, headers=kept).status_code == 403
        with monkeypatch.context() as aged:
            aged.setattr(fresh, "now", lambda: later)
            refused = client.post(path, headers=headers)
        assert refused.status_code == 403 and "POST /api/login" in refused.json["message"]
    assert client.get(PATH, headers=kept).status_code == 200


@on_one_database
def test_wrong_codes_of_programs_and_of_pages_are_one_pause(app: Flask, client: FlaskClient, at: Travel) -> None:
    ada = add_person(app)
    headers = bearer(app, ada)
    at(timedelta(0))
    _phone, codes = switch_on(app, ada)
    wrong = {"password": PASSWORD, "code": "000000"}
    tries = [client.delete(PATH, json=wrong, headers=headers).status_code for _ in range(10)]
    assert tries == [422] * 10
    assert client.delete(PATH, json={**wrong, "code": codes[0]}, headers=headers).status_code == 429
    post(client, "/login", {"email": ada.email, "password": PASSWORD})
    assert post(client, "/login/code", {"code": codes[0]}, page="/login/code").status_code == 429
    with app.app_context():
        assert second_factor.codes_left(ada.id) == len(codes)
