"""Inviting people by a sheet: an account that only its owner can enter, and nothing for who has one."""

import io
import re

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.audit.models import Act
from musicapp.database import db
from musicapp.mail import Letter
from musicapp.mail.models import Mail
from plugins.auth.models import User
from plugins.auth.services import inviting, letters, people, roles
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


def letter_to(app: Flask, address: str) -> Letter:
    """The letter to who was invited."""
    with app.app_context(), app.test_request_context(base_url=app.config["SITE_URL"]):
        letter = letters.write_letter("invited", address)
    assert letter is not None
    return letter


def link_in(letter: Letter) -> str:
    """Where a letter leads."""
    link = re.search(r"http://[^/\s]+(/\S+)", letter.text)
    assert link is not None
    return link[1]


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
    letter = letter_to(app, "ada@example.org")
    assert letter.subject.startswith("You are invited")
    visitor = app.test_client()
    for password in ("", "a long one indeed"):
        refused = post(visitor, "/login", {"email": "ada@example.org", "password": password})
        assert refused.status_code in (401, 422)
    chosen = {"password": "a long one indeed", "confirm": "a long one indeed"}
    answer = post(visitor, link_in(letter), chosen)
    assert answer.status_code == 302, answer.text
    sign_in(app.test_client(), Somebody(0, "Ada Quist", "ada@example.org", "a long one indeed"))
    with app.app_context():
        assert db.session.scalar(db.select(User.confirmed_at).where(User.email == "ada@example.org")) is not None
        with app.test_request_context(base_url=app.config["SITE_URL"]):
            assert letters.write_letter("invited", "ada@example.org") is None


def test_invitations_that_nobody_used_are_taken_back_and_the_others_stay(app: Flask, admin: FlaskClient) -> None:
    sheet = io.BytesIO(b"name,email,role\nAda,ada@example.org,\nMira,mira@example.org,\nJo,jo@example.org,artist\n")
    brought = admin.post("/imports/auth.people", data={"csrf_token": csrf_token(admin), "sheet": (sheet, "people.csv")})
    work(app)
    admin.post(f"{brought.location}/apply", data={"csrf_token": csrf_token(admin)})
    work(app)
    links = {address: link_in(letter_to(app, address)) for address in ("ada@example.org", "mira@example.org")}
    chosen = {"password": "a long one indeed", "confirm": "a long one indeed"}
    post(app.test_client(), links["ada@example.org"], chosen)
    with app.app_context():
        jo, mira = people.person_with_address("jo@example.org"), people.person_with_address("mira@example.org")
        assert jo is not None and mira is not None
        roles.give_role(jo.id, "moderator")
        mira_id = mira.id
    admin.post(f"{brought.location}/undo", data={"csrf_token": csrf_token(admin)})
    work(app)
    page = " ".join(admin.get(brought.location).text.split())
    assert [role_of(app, f"{name}@example.org") for name in ("ada", "mira")] == [{"user"}, None]
    assert "They came in already, so the account stays." in page
    assert "This is “artist, moderator” now." in page
    dead = post(app.test_client(), links["mira@example.org"], chosen)
    assert dead.status_code == 422 and role_of(app, "mira@example.org") is None
    with app.app_context():
        taken_back = sa.select(Act.about_id).where(Act.action == "auth.invitation_taken_back", Act.by_id.is_not(None))
        assert list(db.session.scalars(taken_back)) == [mira_id]
        assert db.session.scalar(sa.select(sa.func.count()).where(Mail.address == "mira@example.org")) == 0


def test_a_corrected_sheet_is_read_and_sent_after_the_first_was_undone_and_forgotten(
    app: Flask, admin: FlaskClient
) -> None:
    for name in ("Mira", "Mira Bell"):
        sheet, token = io.BytesIO(f"name,email\n{name},mira@example.org\n".encode()), {"csrf_token": csrf_token(admin)}
        brought = admin.post("/imports/auth.people", data={**token, "sheet": (sheet, "people.csv")})
        work(app)
        admin.post(f"{brought.location}/apply", data=token)
        work(app)
        with app.app_context():
            tries = sa.select(User.name, Mail.attempts).join(Mail, Mail.address == User.email)
            assert db.session.execute(tries.where(User.email == "mira@example.org")).all() == [(name, 1)]
        admin.post(f"{brought.location}/undo", data=token)
        work(app)
        assert admin.post(f"{brought.location}/forget", data=token).status_code in (302, 303)


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
