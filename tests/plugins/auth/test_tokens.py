"""Tokens of the API: how they are read, what they can do, and every trick that must not work."""

import base64
import json
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import OctKey

from musicapp.clock import now
from musicapp.database import db
from musicapp.site.models import KeptAnswer
from plugins.auth.models import SignIn
from plugins.auth.services import people, sign_ins, tokens
from tests.people import PASSWORD, Somebody, add_person, bearer, csrf_token, sign_in, token_of
from tests.plugins.auth.conftest import Travel


@pytest.fixture
def ada(app: Flask) -> Somebody:
    return add_person(app, "Ada")


def name_of(client: FlaskClient, headers: dict[str, str]) -> str | None:
    answer = client.get("/api/account", headers=headers)
    return answer.json["data"]["name"] if answer.status_code == 200 else None


def test_both_headers_carry_a_token(app: Flask, client: FlaskClient, ada: Somebody) -> None:
    token = token_of(app, ada)
    assert name_of(client, {"Authorization": f"Bearer {token}"}) == "Ada"
    assert name_of(client, {"Authorization": f"bearer  {token}"}) == "Ada"
    assert name_of(client, {"Authentication-Token": token}) == "Ada"


def test_a_token_is_read_from_nothing_else(app: Flask, client: FlaskClient, ada: Somebody) -> None:
    token = token_of(app, ada)
    assert client.get(f"/api/account?auth_token={token}").status_code == 401
    assert client.get("/api/account", json={"auth_token": token}).status_code == 401
    client.set_cookie("auth_token", token)
    assert client.get("/api/account").status_code == 401
    assert name_of(client, {"Authorization": f"Basic {token}"}) is None


def test_a_token_in_the_address_does_not_lift_the_check_of_anothers_session(app: Flask, client: FlaskClient) -> None:
    """Flask-Security alone took the person from the cookie and the exemption from CSRF from the attacker's token."""
    victim, attacker = add_person(app, "Victim"), add_person(app, "Attacker")
    token = token_of(app, attacker)
    sign_in(client, victim)
    for send in ({"query_string": {"auth_token": token}}, {"json": {"auth_token": token, "name": "Owned"}}):
        answer = client.patch("/api/account", **{"json": {"name": "Owned"}, **send})
        assert answer.status_code == 400
    assert name_of(client, {}) == "Victim"


def test_a_good_token_wins_over_a_cookie_and_needs_no_csrf_token(
    app: Flask, client: FlaskClient, ada: Somebody
) -> None:
    sign_in(client, ada)
    other = bearer(app, add_person(app, "Other"))
    assert name_of(client, other) == "Other"
    assert client.patch("/api/account", json={"name": "Renamed"}, headers=other).status_code == 200
    assert name_of(client, {}) == "Ada"


def test_a_bad_token_does_not_lift_the_check_of_the_session(client: FlaskClient, ada: Somebody) -> None:
    sign_in(client, ada)
    bad = {"Authorization": "Bearer nothing.like.it"}
    assert client.patch("/api/account", json={"name": "Owned"}, headers=bad).status_code == 400
    good = {**bad, "X-CSRFToken": csrf_token(client, "/account")}
    assert client.patch("/api/account", json={"name": "Mine"}, headers=good).status_code == 200


def forged(app: Flask, claims: dict[str, object], key: str = "", header: dict[str, str] | None = None) -> str:
    with app.app_context():
        secret = OctKey.import_key(key) if key else tokens.tokens().key
    return jwt.encode(header or {"alg": "HS256"}, claims, secret, algorithms=["HS256", "HS512"])


def test_tokens_that_this_site_did_not_make_are_refused(app: Flask, client: FlaskClient, ada: Somebody) -> None:
    header, payload, signature = token_of(app, ada).split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    unsigned = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
    tricks = {
        "alg none": f"{unsigned}.{payload}.",
        "alg none with the signature": f"{unsigned}.{payload}.{signature}",
        "signature cut": f"{header}.{payload}.{signature[:-2]}",
        "no signature": f"{header}.{payload}",
        "another key": forged(app, claims, key="x" * 40),
        "another algorithm": forged(app, claims, header={"alg": "HS512"}),
        "another issuer": forged(app, {**claims, "iss": "http://evil.example"}),
        "expired": forged(app, {**claims, "exp": int(now().timestamp()) - 1}),
        "without an end": forged(app, {name: value for name, value in claims.items() if name != "exp"}),
        "without a sign-in": forged(app, {name: value for name, value in claims.items() if name != "jti"}),
        "a sign-in that is no text": forged(app, {**claims, "jti": {"$ne": 1}}),
        "an unknown sign-in": forged(app, {**claims, "jti": "0" * 32}),
        "very long": "x" * 100_000,
        "empty": "",
    }
    taken = {name for name, token in tricks.items() if name_of(client, {"Authentication-Token": token}) is not None}
    assert taken == set()
    assert name_of(client, {"Authentication-Token": forged(app, claims)}) == "Ada"


def test_the_id_of_a_browsers_sign_in_is_no_token(app: Flask, client: FlaskClient, ada: Somebody) -> None:
    browser = app.test_client()
    sign_in(browser, ada)
    with browser.session_transaction() as session:
        session_id = session["_user_id"]
    end = int(now().timestamp()) + 1000
    claims = {"iss": "http://localhost:5000", "sub": "1", "jti": session_id, "iat": end - 1000, "exp": end}
    assert name_of(client, {"Authentication-Token": forged(app, claims)}) is None
    assert name_of(client, {"Authentication-Token": session_id}) is None


def test_a_token_is_no_session(app: Flask, client: FlaskClient, ada: Somebody) -> None:
    token_of(app, ada)
    with app.app_context():
        token_id = sign_ins.sign_ins_of(ada.id)[0].id
    with client.session_transaction() as session:
        session["_user_id"] = token_id
    assert client.get("/api/account").status_code == 401


def test_a_token_ends_by_itself(app: Flask, client: FlaskClient, ada: Somebody, at: Travel) -> None:
    token = bearer(app, ada)
    at(timedelta(days=29))
    assert name_of(client, token) == "Ada"
    at(timedelta(days=31))
    assert name_of(client, token) is None


def test_logging_out_by_the_api_ends_this_token_and_no_other(app: Flask, client: FlaskClient, ada: Somebody) -> None:
    first, second = bearer(app, ada), bearer(app, ada)
    assert client.post("/api/logout", headers=first).status_code == 200
    assert name_of(client, first) is None
    assert name_of(client, second) == "Ada"
    assert client.post("/api/logout", headers=first).status_code == 401


def test_a_named_token_is_shown_once_and_ended_by_its_owner_only(
    app: Flask, client: FlaskClient, ada: Somebody
) -> None:
    owner, eve = bearer(app, ada), bearer(app, add_person(app, "Eve"))
    made = client.post("/api/tokens", json={"name": "Kitchen radio", "days": 10}, headers=owner)
    assert made.status_code == 201
    token = made.json["data"]["token"]
    assert name_of(client, {"Authentication-Token": token}) == "Ada"
    [listed] = client.get("/api/tokens", headers=owner).json["data"]
    assert listed["name"] == "Kitchen radio" and "token" not in listed and token not in json.dumps(listed)
    assert client.get("/api/tokens", headers=eve).json["data"] == []
    assert client.delete(f"/api/tokens/{listed['id']}", headers=eve).status_code == 404
    assert client.delete(f"/api/tokens/{listed['id']}", headers=owner).status_code == 200
    assert name_of(client, {"Authentication-Token": token}) is None
    assert client.delete(f"/api/tokens/{listed['id']}", headers=owner).status_code == 404


def test_a_named_token_has_bounds(app: Flask, client: FlaskClient, ada: Somebody) -> None:
    owner = bearer(app, ada)
    for wrong in ({"name": ""}, {"name": "x" * 61}, {"name": "a", "days": 0}, {"name": "a", "days": 366}, {}):
        assert client.post("/api/tokens", json=wrong, headers=owner).status_code == 422


def test_flask_securitys_own_token_is_one_of_ours(app: Flask, client: FlaskClient, ada: Somebody) -> None:
    with app.app_context():
        token = people.person_with_id(ada.id).get_auth_token()
        rows = db.session.scalars(sa.select(SignIn).where(SignIn.user_id == ada.id)).all()
    assert [row.kind for row in rows] == ["token"]
    assert name_of(client, {"Authentication-Token": str(token)}) == "Ada"


def test_a_new_password_by_the_api_ends_all_but_the_token_that_asked(
    app: Flask, client: FlaskClient, ada: Somebody
) -> None:
    asking, other = bearer(app, ada), bearer(app, ada)
    change = {"current_password": PASSWORD, "new_password": "quite another one"}
    assert client.patch("/api/account", json=change, headers=asking).status_code == 200
    assert name_of(client, asking) == "Ada"
    assert name_of(client, other) is None
    assert client.post("/api/login", json={"email": ada.email, "password": PASSWORD}).status_code == 401


def test_an_idempotency_key_keeps_no_token_in_the_database(app: Flask, client: FlaskClient, ada: Somebody) -> None:
    key = {"Idempotency-Key": "the-same-call-twice"}
    body = {"email": ada.email, "password": PASSWORD}
    assert client.post("/api/login", json=body, headers=key).status_code == 200
    owner = {**bearer(app, ada), **key}
    assert client.post("/api/tokens", json={"name": "Radio"}, headers=owner).status_code == 201
    with app.app_context():
        assert db.session.scalars(sa.select(KeptAnswer)).all() == []
