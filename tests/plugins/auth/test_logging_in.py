"""Logging in and out, and what a browser's session is."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from musicapp.addresses import is_own_path
from musicapp.clock import now
from musicapp.database import db, writing
from plugins.auth.models import User
from plugins.auth.services import roles, sign_ins, suspending
from tests.conftest import AppMaker
from tests.people import PASSWORD, Somebody, add_person, bearer, csrf_token, post, set_up, sign_in, token_of
from tests.plugins.auth.conftest import Travel, started


@pytest.fixture
def ada(app: Flask) -> Somebody:
    return add_person(app, "Ada")


def is_in(client: FlaskClient, **headers: str) -> bool:
    status = client.get("/api/account", headers=headers).status_code
    assert status in (200, 401)
    return status == 200


def test_with_the_right_password_one_is_in(client: FlaskClient, ada: Somebody) -> None:
    assert not is_in(client)
    assert sign_in(client, ada).location == "/"
    assert is_in(client)


def test_the_address_may_be_typed_in_any_case(client: FlaskClient, ada: Somebody) -> None:
    post(client, "/login", {"email": f" {ada.email.upper()} ", "password": PASSWORD})
    assert is_in(client)


def test_a_wrong_pair_is_refused_with_422_on_the_page(client: FlaskClient, ada: Somebody) -> None:
    for email in ("ada", "nobody@example.org", "", "x" * 300 + "@example.org"):
        assert post(client, "/login", {"email": email, "password": PASSWORD}).status_code == 422
    assert post(client, "/login", {"email": ada.email, "password": "not this one"}).status_code == 422
    assert not is_in(client)


def test_the_api_answers_a_wrong_pair_with_401_and_the_right_one_with_a_token(
    client: FlaskClient, ada: Somebody
) -> None:
    wrong = client.post("/api/login", json={"email": ada.email, "password": "not this one"})
    assert (wrong.status_code, wrong.json["message"]) == (401, "That password does not fit this address.")
    right = client.post("/api/login", json={"email": ada.email, "password": PASSWORD}).json["data"]
    assert right["user"]["name"] == "Ada"
    assert is_in(client, Authorization=f"Bearer {right['token']}")


def test_a_token_answer_is_stored_nowhere(client: FlaskClient, ada: Somebody) -> None:
    answer = client.post("/api/login", json={"email": ada.email, "password": PASSWORD})
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "///evil.example",
        "evil.example",
        "/\u2028/evil.example",
    ],
)
def test_a_path_that_could_lead_to_another_site_is_not_our_own(elsewhere: str) -> None:
    assert not is_own_path(elsewhere)


def test_logging_in_never_leads_to_another_site(client: FlaskClient, ada: Somebody) -> None:
    fields = {"email": ada.email, "password": PASSWORD, "next": "//evil.example"}
    assert post(client, "/login", fields).location == "/"


def test_logging_in_leads_back_to_the_page_that_asked_for_it(client: FlaskClient, ada: Somebody) -> None:
    asked = client.get("/account?tab=1")
    assert asked.location == "/login?next=/account?tab%3D1"
    page = client.get(asked.location)
    assert 'value="/account?tab=1"' in page.text
    fields = {"email": ada.email, "password": PASSWORD, "next": "/account?tab=1"}
    assert post(client, "/login", fields).location == "/account?tab=1"


def test_a_log_in_sent_from_another_site_is_refused(client: FlaskClient, ada: Somebody) -> None:
    fields = {"email": ada.email, "password": PASSWORD}
    assert client.post("/login", data=fields).status_code == 400
    assert client.post("/login", data=fields, headers={"Accept": "application/json"}).status_code == 422
    assert not is_in(client)


def test_what_a_session_held_before_the_log_in_is_gone_after_it(client: FlaskClient, ada: Somebody) -> None:
    before = csrf_token(client)
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    sign_in(client, ada)
    with client.session_transaction() as session:
        assert "planted" not in session
    assert client.post("/account/name", data={"csrf_token": before, "name": "Eve"}).status_code == 400


def test_a_session_that_was_planted_is_not_signed_in_by_its_victims_log_in(app: Flask, ada: Somebody) -> None:
    victim, thief = app.test_client(), app.test_client()
    sign_in(thief, add_person(app, "Thief"))
    cookie = thief.get_cookie("musicapp")
    assert cookie is not None
    victim.set_cookie("musicapp", cookie.value)
    sign_in(victim, ada)
    assert not is_in(thief)


def test_logging_out_ends_a_copied_cookie_too(app: Flask, client: FlaskClient, ada: Somebody) -> None:
    sign_in(client, ada)
    cookie = client.get_cookie("musicapp")
    assert cookie is not None
    copy = app.test_client()
    copy.set_cookie("musicapp", cookie.value)
    assert is_in(copy)
    assert post(client, "/logout", page="/account").status_code == 302
    assert not is_in(client)
    assert not is_in(copy)


def test_logging_out_needs_the_pages_token(client: FlaskClient, ada: Somebody) -> None:
    sign_in(client, ada)
    assert client.post("/logout").status_code == 400
    assert client.get("/logout").status_code == 405
    assert is_in(client)


def test_who_stays_logged_in_gets_a_cookie_that_lasts(app: Flask, ada: Somebody) -> None:
    for remember in (False, True):
        client = app.test_client()
        sign_in(client, ada, remember=remember)
        cookie = client.get_cookie("musicapp")
        assert cookie is not None
        assert (cookie.expires is not None) is remember
        assert cookie.http_only and cookie.same_site == "Lax"


def test_a_session_ends_by_itself(client: FlaskClient, ada: Somebody, at: Travel) -> None:
    sign_in(client, ada)
    at(timedelta(days=6))
    assert is_in(client)
    at(timedelta(days=8))
    assert not is_in(client)


def test_everything_ends_at_once_in_every_process(make_app: AppMaker, app: Flask, ada: Somebody) -> None:
    other_process = started(make_app)
    ends = {
        "suspended": lambda: suspending.suspend(ada.id, now() + timedelta(days=1)),
        "signed out": lambda: sign_ins.end_sign_ins(ada.id),
        "closed": lambda: close(ada.id),
    }
    for end in ends.values():
        browser = app.test_client()
        sign_in(browser, ada)
        token = bearer(app, ada)
        cookie = browser.get_cookie("musicapp")
        assert cookie is not None
        elsewhere = other_process.test_client()
        elsewhere.set_cookie("musicapp", cookie.value)
        assert is_in(elsewhere) and is_in(other_process.test_client(), **token)
        with app.app_context():
            end()
        assert not is_in(elsewhere)
        assert not is_in(browser)
        assert not is_in(other_process.test_client(), **token)
        with app.app_context():
            suspending.restore(ada.id)


def close(person_id: int) -> None:
    with writing() as unit:
        unit.get_one(User, person_id).active = False


def test_a_role_that_is_taken_is_missing_with_the_next_request(app: Flask, client: FlaskClient) -> None:
    boss = add_person(app, "Boss", role="admin")
    token = bearer(app, boss)
    sign_in(client, boss)
    assert client.get("/api/account").json["data"]["roles"] == ["admin"]
    with app.app_context():
        roles.take_role(boss.id, "admin")
    assert client.get("/setup/site").status_code == 403
    assert app.test_client().get("/setup/site", headers=token).status_code == 403


def test_who_is_suspended_learns_it_only_with_the_right_password(
    app: Flask, client: FlaskClient, ada: Somebody
) -> None:
    with app.app_context():
        suspending.suspend(ada.id, now() + timedelta(days=1))
    right = client.post("/api/login", json={"email": ada.email, "password": PASSWORD})
    wrong = client.post("/api/login", json={"email": ada.email, "password": "not this one"})
    assert (right.status_code, wrong.status_code) == (403, 401)
    assert "suspended" in right.json["message"] and "suspended" not in wrong.json["message"]
    assert post(client, "/login", {"email": ada.email, "password": "not this one"}).status_code == 422
    assert post(client, "/login", {"email": ada.email, "password": PASSWORD}).location == "/account/suspended"


def test_a_suspension_ends_by_itself(app: Flask, client: FlaskClient, ada: Somebody, at: Travel) -> None:
    with app.app_context():
        suspending.suspend(ada.id, now() + timedelta(days=1))
    at(timedelta(days=2))
    sign_in(client, ada)
    assert is_in(client)


def test_a_new_log_in_in_a_browser_ends_the_one_before(app: Flask, client: FlaskClient, ada: Somebody) -> None:
    sign_in(client, ada)
    first = client.get_cookie("musicapp")
    assert first is not None
    fields = {"csrf_token": csrf_token(client, "/account"), "email": ada.email, "password": PASSWORD}
    assert client.post("/login", data=fields).status_code == 302
    old = app.test_client()
    old.set_cookie("musicapp", first.value)
    assert not is_in(old) and is_in(client)


def test_passwords_and_tokens_are_not_kept_readable(app: Flask, ada: Somebody) -> None:
    token = token_of(app, ada)
    with app.app_context():
        kept = db.session.get_one(User, ada.id).password
        rows = [str(vars(row)) for row in sign_ins.sign_ins_of(ada.id)]
    assert kept.startswith("$argon2id$") and PASSWORD not in kept
    assert not any(token in row for row in rows)


def test_visitors_are_led_to_the_log_in_and_programs_get_401(app: Flask, client: FlaskClient) -> None:
    set_up(app)
    assert client.get("/account").location == "/login?next=/account"
    answer = client.get("/api/account")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert answer.json == {"message": "Please log in first.", "errors": {}}


def test_the_front_page_shows_visitors_the_way_in(client: FlaskClient, ada: Somebody) -> None:
    way_in = '<a class="btn s" href="/login">Log in</a>'
    assert way_in in client.get("/").text
    sign_in(client, ada)
    assert way_in not in client.get("/").text
