"""One's own account."""

import re
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient

from musicapp.database import db
from plugins.auth.services import sign_ins
from plugins.auth.services.devices import device_name
from plugins.auth.services.own_data import acts_about
from plugins.auth.services.state import state
from tests.people import add_person, bearer, csrf_token, post, sign_in
from tests.plugins.auth.conftest import Travel
from tests.plugins.auth.second_factors import switch_on

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
AGENTS = {
    FIREFOX: "Firefox on Linux",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/126.0 Safari/537.36 Edg/126.0": "Edge on Windows",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1": "Safari on iPhone",
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36": "Chrome on Android",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/17.5 Safari/605.1.15": "Safari on macOS",
    "curl/8.5.0": "curl",
    "": "Unknown device",
    "<script>alert(1)</script>": "<script>alert(1)<",
}


def test_devices_have_names_that_their_owner_recognises() -> None:
    assert {agent: device_name(agent) for agent in AGENTS} == AGENTS


def test_a_name_can_be_changed_and_must_be_one(app: Flask, client: FlaskClient) -> None:
    sign_in(client, add_person(app, "Ada"))
    assert post(client, "/account/name", {"name": " Ada  Quist "}, page="/account").location == "/account"
    assert 'value="Ada Quist"' in client.get("/account").text
    assert post(client, "/account/name", {"name": "\u202e"}, page="/account").status_code == 422
    assert client.get("/api/account").json["data"]["name"] == "Ada Quist"


def test_nothing_else_of_an_account_can_be_set(app: Flask, client: FlaskClient) -> None:
    ada = bearer(app, add_person(app))
    for field in ("id", "email", "roles", "role", "active", "suspended_until"):
        answer = client.patch("/api/account", json={field: "admin"}, headers=ada)
        assert answer.status_code == 422 and list(answer.json["errors"]) == [field]


def test_ones_devices_are_listed_and_each_can_be_signed_out(app: Flask, client: FlaskClient) -> None:
    ada = add_person(app, "Ada")
    phone = app.test_client()
    client.environ_base["HTTP_USER_AGENT"] = FIREFOX
    phone.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (iPhone) Safari/604.1"
    sign_in(client, ada)
    sign_in(phone, ada)
    page = client.get("/account").text
    assert "Firefox on Linux" in page and "Safari on iPhone" in page
    ends = re.findall(r'action="(/account/sign-ins/\w{32}/end)"', page)
    assert len(ends) == 1, "the browser one looks from has its own way out"
    assert post(client, ends[0], page="/account").location == "/account"
    assert phone.get("/api/account").status_code == 401
    assert post(client, ends[0], page="/account").status_code == 404


def test_nobody_signs_out_another(app: Flask, client: FlaskClient) -> None:
    ada, eve = add_person(app, "Ada"), add_person(app, "Eve")
    token = bearer(app, ada)
    with app.app_context():
        [row] = sign_ins.sign_ins_of(ada.id)
    sign_in(client, eve)
    assert post(client, f"/account/sign-ins/{row.id}/end", page="/account").status_code == 404
    assert post(client, "/account/sign-ins/end-others", page="/account").status_code == 302
    assert app.test_client().get("/api/account", headers=token).status_code == 200


def test_one_can_sign_out_everywhere_else(app: Flask, client: FlaskClient) -> None:
    ada = add_person(app, "Ada")
    other, token = app.test_client(), bearer(app, ada)
    sign_in(client, ada)
    sign_in(other, ada)
    post(client, "/account/sign-ins/end-others", page="/account")
    assert client.get("/api/account").status_code == 200
    assert other.get("/api/account").status_code == 401
    assert app.test_client().get("/api/account", headers=token).status_code == 401


def test_a_token_made_on_the_page_is_shown_once(app: Flask, client: FlaskClient) -> None:
    sign_in(client, add_person(app, "Ada"))
    made = post(client, "/account/tokens", {"token-name": "Radio", "token-days": "30"}, page="/account")
    assert made.location == "/account"
    shown = client.get("/account").text
    token = re.search(r"<code>(eyJ[^<]+)</code>", shown)
    assert token is not None
    assert app.test_client().get("/api/account", headers={"Authentication-Token": token.group(1)}).status_code == 200
    again = client.get("/account").text
    assert token.group(1) not in again and "Radio" in again
    wrong = post(client, "/account/tokens", {"token-name": "", "token-days": "30"}, page="/account")
    assert wrong.status_code == 422


def test_forms_of_the_account_need_the_pages_token(app: Flask, client: FlaskClient) -> None:
    sign_in(client, add_person(app))
    for path in ("name", "password", "tokens", "sign-ins/end-others", f"sign-ins/{'0' * 32}/end"):
        assert client.post(f"/account/{path}", data={"name": "Eve"}).status_code == 400
    assert csrf_token(client, "/account")


def test_what_people_call_themselves_is_text_on_every_page(app: Flask, client: FlaskClient) -> None:
    sign_in(client, add_person(app, "<img src=x onerror=1>", email="a@example.org"))
    client.environ_base["HTTP_USER_AGENT"] = "<b>x</b>"
    for path in ("/account", "/"):
        assert "<img src=x" not in client.get(path).text


def test_an_account_is_kept_by_no_cache(app: Flask, client: FlaskClient) -> None:
    sign_in(client, add_person(app))
    for path in ("/account", "/api/account", "/api/tokens"):
        assert client.get(path).headers["Cache-Control"] == "no-store"


def test_when_a_sign_in_was_last_used_is_noted_later_and_coarsely(app: Flask, client: FlaskClient, at: Travel) -> None:
    ada = add_person(app)
    headers = bearer(app, ada)

    def last_used() -> object:
        with app.app_context():
            return sign_ins.sign_ins_of(ada.id)[0].last_used_at

    began = last_used()
    at(timedelta(minutes=5))
    client.get("/api/account", headers=headers)
    with app.app_context():
        assert state().last_used.ids == set()
    at(timedelta(minutes=20))
    client.get("/api/account", headers=headers)
    assert last_used() == began, "nothing is written on the way of the request"
    with app.app_context():
        kept = state().last_used
        assert len(kept.ids) == 1 and kept.timer is not None
        kept.timer.cancel()
        kept.write()
    assert last_used() != began
    assert client.get("/api/account", headers=headers).json["data"]["last_seen_at"] > str(began)[:10]


def test_the_copy_of_ones_data_says_what_was_done_to_the_account_and_not_by_whom(app: Flask) -> None:
    ada, boss = add_person(app), add_person(app, "Boss", role="admin")
    header, program = bearer(app, boss), app.test_client()
    switch_on(app, ada)
    about = f"/api/people/{ada.id}"
    assert program.delete(f"{about}/second-factor", json={"reason": "met her"}, headers=header).status_code == 200
    said = {"days": 2, "reason": "Nine adverts."}
    assert program.post(f"{about}/suspend", json=said, headers=header).status_code == 200
    with app.app_context():
        acts = [row._asdict() for row in db.session.execute(acts_about(ada.id))]
    assert [(act["action"], act["reason"]) for act in acts] == [
        ("auth.second_factor_switched_on", ""),
        ("auth.second_factor_reset", ""),
        ("auth.suspended", "Nine adverts."),
    ]
    assert {key for act in acts for key in act} == {"at", "action", "reason"}
