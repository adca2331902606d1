"""Signing up, on the page and by the API."""

from flask import Flask
from flask.testing import FlaskClient

from tests.people import PASSWORD, add_person, post, sign_in
from tests.plugins.auth.conftest import sent_by

ADA = {"name": "Ada Quist", "email": "Ada@Example.org", "password": PASSWORD, "role": "artist"}


def test_a_new_person_is_signed_in_at_once_where_no_mail_is_sent(client: FlaskClient) -> None:
    answer = post(client, "/signup", ADA)
    assert (answer.status_code, answer.location) == (302, "/")
    account = client.get("/api/account").json["data"]
    assert (account["name"], account["email"], account["roles"]) == ("Ada Quist", "ada@example.org", ["artist"])


def test_after_signing_up_one_comes_back_to_where_one_was(client: FlaskClient) -> None:
    assert post(client, "/signup", {**ADA, "next": "/search?q=fog"}).location == "/search?q=fog"


def test_the_api_makes_an_account_and_says_where_it_is(client: FlaskClient) -> None:
    answer = client.post("/api/signup", json=ADA)
    assert answer.status_code == 201
    assert answer.headers["Location"] == "/api/account"
    assert answer.json["data"]["roles"] == ["artist"]
    assert client.post("/api/login", json={"email": ADA["email"], "password": PASSWORD}).status_code == 200


def test_the_documented_older_paths_answer_json_as_the_api_does(client: FlaskClient) -> None:
    assert client.post("/signup", json=ADA).status_code == 201
    token = client.post("/login", json={"email": ADA["email"], "password": PASSWORD}).json["data"]["token"]
    header = {"Authentication-Token": token}
    assert client.get("/account", headers={**header, "Accept": "application/json"}).json["data"]["name"] == "Ada Quist"
    assert client.post("/logout", headers={**header, "Accept": "application/json"}).status_code == 200
    assert client.get("/api/account", headers=header).status_code == 401


def test_nobody_signs_up_as_staff(client: FlaskClient) -> None:
    for role in ("admin", "moderator", "owner", ""):
        assert client.post("/api/signup", json={**ADA, "role": role}).status_code == 422
        assert post(client, "/signup", {**ADA, "role": role}).status_code == 422
    assert client.post("/api/login", json={"email": ADA["email"], "password": PASSWORD}).status_code == 401


def test_a_field_that_is_not_documented_is_refused_by_name(client: FlaskClient) -> None:
    for field in ("id", "roles", "active", "confirmed_at", "created_at", "fs_uniquifier"):
        answer = client.post("/api/signup", json={**ADA, field: 1})
        assert answer.status_code == 422
        assert list(answer.json["errors"]) == [field]


def test_a_password_that_is_easy_to_guess_is_refused(client: FlaskClient) -> None:
    weak = {
        "short one": "too short",
        "password123": "among the first",
        "aaaaaaaaaaaa": "among the first",
        "ada@example.org": "your name or address",
        "x1" * 100: "too long",
    }
    for password, sentence in weak.items():
        answer = client.post("/api/signup", json={**ADA, "password": password})
        assert answer.status_code == 422
        assert sentence in answer.json["errors"]["password"][0]
        assert sentence in post(client, "/signup", {**ADA, "password": password}).text


def test_an_address_that_cannot_be_right_is_refused(client: FlaskClient) -> None:
    for email in ("", "ada", "ada@", "@example.org", "a b@example.org", "ada@example.org\nBcc: x@y.org"):
        assert client.post("/api/signup", json={**ADA, "email": email}).status_code == 422


def test_a_name_that_cannot_be_shown_is_refused(client: FlaskClient) -> None:
    for name in ("", "  ", "a\x00b", "x" * 61, "\u202egnp.exe"):
        assert client.post("/api/signup", json={**ADA, "name": name}).status_code == 422


def test_an_address_has_one_account_however_it_is_spelt(app: Flask, client: FlaskClient) -> None:
    add_person(app, email="ada@example.org")
    answer = client.post("/api/signup", json={**ADA, "email": " ADA@example.ORG"})
    assert answer.status_code == 409
    assert "already" in answer.json["errors"]["email"][0]
    page = post(client, "/signup", ADA)
    assert page.status_code == 422
    assert "There is an account with this address already." in page.text


def test_a_known_address_is_told_by_mail_and_not_by_the_answer(mailing: Flask) -> None:
    known = add_person(mailing, email="ada@example.org")
    client = mailing.test_client()
    answers = [client.post("/api/signup", json={**ADA, "email": email}) for email in (known.email, "new@example.org")]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json == answers[1].json
    subjects = {mail.to[0]: mail.subject for mail in sent_by(mailing)}
    assert subjects == {
        "ada@example.org": "You have an account already – musicapp",
        "new@example.org": "Confirm your address – musicapp",
    }


def test_signing_up_does_not_change_an_account_that_is_there(mailing: Flask) -> None:
    known = add_person(mailing, "Ada", email="ada@example.org")
    client = mailing.test_client()
    client.post("/api/signup", json={**ADA, "name": "Eve", "password": "another long one"})
    sign_in(client, known)
    account = client.get("/api/account").json["data"]
    assert (account["name"], account["roles"]) == ("Ada", ["user"])
