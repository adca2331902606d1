"""Inviting people by a sheet: an account that only its owner can enter, and nothing for who has one."""

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from musicapp.database import db
from plugins.auth.models import User
from plugins.auth.services import inviting, letters, people
from tests.conftest import AppMaker, on_one_database
from tests.people import Somebody, add_person, csrf_token, post, sign_in
from tests.plugins.catalog.music import work

SHEET = """name,email,role
Ada Quist,ADA@example.org,artist
Mira,mira@example.org,
Known,{known},moderator
Nobody,nowhere,user
Boss,boss@example.org,admin
Again,ada@example.org,user
,nameless@example.org,singer
"""


@pytest.fixture
def app(make_app: AppMaker) -> Flask:
    """A site that sends mail."""
    return make_app(mail_server="127.0.0.1", mail_port=9)


@pytest.fixture
def known(app: Flask) -> Somebody:
    """Somebody who has an account."""
    return add_person(app, "Jonas", email="jonas@example.org")


@pytest.fixture
def admin(app: Flask) -> FlaskClient:
    """The browser of an admin."""
    client = app.test_client()
    sign_in(client, add_person(app, "Owner", "admin"))
    return client


def role_of(app: Flask, address: str) -> frozenset[str] | None:
    with app.app_context():
        user = people.person_with_address(address)
        return user.role_names if user else None


def test_new_addresses_get_an_account_and_known_ones_are_left_alone(
    app: Flask, admin: FlaskClient, known: Somebody
) -> None:
    sheet = io.BytesIO(SHEET.format(known=known.email).encode())
    brought = admin.post("/imports/auth.people", data={"csrf_token": csrf_token(admin), "sheet": (sheet, "people.csv")})
    work(app)
    page = " ".join(admin.get(brought.location).text.split())
    assert role_of(app, "mira@example.org") is None
    for said in (
        '<dt>Would change</dt><dd class="big">2</dd>',
        '<dt>Unchanged</dt><dd class="big">1</dd>',
        "This is no e-mail address.",
        "Nobody becomes an admin by an invitation.",
        "Row 2 has this address already.",
        "There is no role “singer”; there are moderator, artist, user.",
        "A name has 1 to 60 characters",
    ):
        assert said in page, said
    admin.post(f"{brought.location}/apply", data={"csrf_token": csrf_token(admin)})
    work(app)
    assert role_of(app, "ada@example.org") == {"artist"}
    assert role_of(app, "mira@example.org") == {"user"}
    assert role_of(app, known.email) == {"user"}
    assert role_of(app, "boss@example.org") is None


def test_an_invited_person_comes_in_by_the_mailed_link_and_by_nothing_else(app: Flask, known: Somebody) -> None:
    with app.app_context():
        inviting.invite("Ada Quist", "ada@example.org", "artist")
        with app.test_request_context(base_url=app.config["SITE_URL"]):
            letter = letters.write_letter("invited", "ada@example.org")
    assert letter is not None and letter.subject.startswith("You are invited")
    visitor = app.test_client()
    for password in ("", "a long one indeed"):
        refused = post(visitor, "/login", {"email": "ada@example.org", "password": password})
        assert refused.status_code in (401, 422)
    link = re.search(r"http://[^/\s]+(/\S+)", letter.text)
    assert link is not None
    chosen = {"password": "a long one indeed", "confirm": "a long one indeed"}
    answer = post(visitor, link[1], chosen)
    assert answer.status_code == 302, answer.text
    sign_in(app.test_client(), Somebody(0, "Ada Quist", "ada@example.org", "a long one indeed"))
    with app.app_context():
        assert db.session.scalar(db.select(User.confirmed_at).where(User.email == "ada@example.org")) is not None
        with app.test_request_context(base_url=app.config["SITE_URL"]):
            assert letters.write_letter("invited", "ada@example.org") is None


@on_one_database
def test_a_site_without_mail_invites_nobody(make_app: AppMaker) -> None:
    app = make_app()
    client = app.test_client()
    sign_in(client, add_person(app, "Owner", "admin"))
    sheet = io.BytesIO(b"name,email\nAda,ada@example.org\n")
    fields = {"csrf_token": csrf_token(client), "sheet": (sheet, "people.csv")}
    brought = client.post("/imports/auth.people", data=fields)
    work(app)
    assert "This site sends no mail" in client.get(brought.location).text
    assert role_of(app, "ada@example.org") is None
