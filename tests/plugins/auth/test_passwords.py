"""Passwords: new ones, forgotten ones, and those kept in an older way."""

from contextlib import suppress
from functools import partial

import bcrypt
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_security.utils import get_hmac

from musicapp.database import db, writing
from musicapp.errors import Invalid
from plugins.auth.models import User
from plugins.auth.services import entering, passwords, people
from tests.people import PASSWORD, Somebody, add_person, bearer, post, sign_in
from tests.plugins.auth.conftest import at_once, sent_by
from tests.plugins.auth.second_factors import switch_on

NEW = "quite another one"


@pytest.fixture
def ada(app: Flask) -> Somebody:
    return add_person(app, "Ada")


def link_in(text: str) -> str:
    """The path of the first link in a mail."""
    return next(line for line in text.splitlines() if line.startswith("http")).removeprefix("http://localhost:5000")


def logs_in(app: Flask, email: str, password: str) -> bool:
    return app.test_client().post("/api/login", json={"email": email, "password": password}).status_code == 200


def kept(app: Flask, person: Somebody) -> str:
    with app.app_context():
        return db.session.scalars(sa.select(User.password).where(User.id == person.id)).one()


def test_a_new_password_signs_one_out_everywhere_else(app: Flask, client: FlaskClient, ada: Somebody) -> None:
    other, token = app.test_client(), bearer(app, ada)
    sign_in(client, ada)
    sign_in(other, ada)
    answer = post(client, "/account/password", {"current_password": PASSWORD, "new_password": NEW}, page="/account")
    assert answer.status_code == 302
    assert client.get("/api/account").status_code == 200
    assert other.get("/api/account").status_code == 401
    assert app.test_client().get("/api/account", headers=token).status_code == 401
    assert logs_in(app, ada.email, NEW) and not logs_in(app, ada.email, PASSWORD)


def test_a_new_password_needs_the_present_one_and_must_be_good(app: Flask, client: FlaskClient, ada: Somebody) -> None:
    sign_in(client, ada)
    wrong = post(client, "/account/password", {"current_password": "x", "new_password": NEW}, page="/account")
    weak = post(client, "/account/password", {"current_password": PASSWORD, "new_password": "short"}, page="/account")
    assert (wrong.status_code, weak.status_code) == (422, 422)
    assert "This is not your present password." in wrong.text and "This is too short" in weak.text
    headers = bearer(app, ada)
    for body in ({"new_password": NEW}, {"current_password": PASSWORD}):
        assert client.patch("/api/account", json=body, headers=headers).status_code == 422
    assert logs_in(app, ada.email, PASSWORD)


def test_a_bcrypt_hash_of_before_still_fits_and_becomes_argon2(app: Flask, ada: Somebody) -> None:
    with app.app_context():
        salted = get_hmac(PASSWORD)[:72]
        with writing():
            people.person_with_id(ada.id).password = bcrypt.hashpw(salted, bcrypt.gensalt(4)).decode()
    assert kept(app, ada).startswith("$2b$")
    assert not logs_in(app, ada.email, NEW)
    assert kept(app, ada).startswith("$2b$")
    assert logs_in(app, ada.email, PASSWORD)
    assert kept(app, ada).startswith("$argon2id$")
    assert logs_in(app, ada.email, PASSWORD)


def test_a_password_fits_however_a_keyboard_composed_its_letters(app: Flask) -> None:
    ada = add_person(app, password="sch\u00f6n und lang")
    assert logs_in(app, ada.email, "scho\u0308n und lang")


def test_spaces_around_a_password_belong_to_it(app: Flask) -> None:
    ada = add_person(app, password="  spaces around  ")
    assert logs_in(app, ada.email, "  spaces around  ")
    assert not logs_in(app, ada.email, "spaces around")


def test_a_mailed_link_sets_a_new_password_once_and_ends_all_sign_ins(mailing: Flask) -> None:
    ada = add_person(mailing)
    browser, client = mailing.test_client(), mailing.test_client()
    sign_in(browser, ada)
    post(client, "/reset", {"email": ada.email.upper()})
    [mail] = sent_by(mailing)
    assert (mail.to, mail.subject) == ([ada.email], "Choose a new password – musicapp")
    link = link_in(mail.body)
    assert link in mail.alternatives[0][0]
    assert post(client, link, {"password": "short"}, page=link).status_code == 422
    assert post(client, link, {"password": NEW}, page=link).location == "/login"
    assert browser.get("/api/account").status_code == 401
    assert logs_in(mailing, ada.email, NEW) and not logs_in(mailing, ada.email, PASSWORD)
    assert client.get(link).status_code == 422
    assert post(client, link, {"password": "a third one indeed"}).status_code == 422
    assert logs_in(mailing, ada.email, NEW)
    assert sent_by(mailing)[-1].subject == "Your password was changed – musicapp"


def test_a_mailed_link_ends_with_a_changed_password(mailing: Flask) -> None:
    ada = add_person(mailing)
    client = mailing.test_client()
    post(client, "/reset", {"email": ada.email})
    link = link_in(sent_by(mailing)[0].body)
    assert client.get(link).status_code == 200
    sign_in(client, ada)
    post(client, "/account/password", {"current_password": PASSWORD, "new_password": NEW}, page="/account")
    assert client.get(link).status_code == 422


def test_a_link_of_one_kind_is_none_of_the_other(mailing: Flask) -> None:
    client = mailing.test_client()
    client.post("/api/signup", json={"name": "New", "email": "new@example.org", "password": PASSWORD})
    confirm = link_in(sent_by(mailing)[0].body)
    assert client.get(confirm).status_code == 200
    assert client.get(confirm.replace("/confirm/", "/reset/")).status_code == 422


def test_links_lead_to_the_site_whatever_host_was_asked_for(mailing: Flask) -> None:
    ada = add_person(mailing)
    client = mailing.test_client()
    post(client, "/reset", {"email": ada.email})
    client.post(
        "/reset", data={"email": ada.email}, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    )
    for mail in sent_by(mailing):
        assert "http://localhost:5000/reset/" in mail.body
        assert "evil.example" not in mail.body + mail.alternatives[0][0]


def test_nobody_is_mailed_for_an_unknown_address(mailing: Flask) -> None:
    client = mailing.test_client()
    for path in ("/reset", "/confirm"):
        for nobody in ("nobody@example.org", "no\0body@example.org"):
            assert post(client, path, {"email": nobody}).status_code == 302
    assert sent_by(mailing) == []


def test_without_mail_the_page_says_who_can_help(client: FlaskClient, ada: Somebody) -> None:
    assert "flask --app wsgi auth password-link" in client.get("/reset").text


def test_a_closed_account_has_no_living_links(mailing: Flask) -> None:
    ada = add_person(mailing)
    client = mailing.test_client()
    post(client, "/reset", {"email": ada.email})
    link = link_in(sent_by(mailing)[0].body)
    with mailing.app_context(), writing():
        people.person_with_id(ada.id).active = False
    assert client.get(link).status_code == 422


def test_of_many_who_use_one_link_at_once_one_sets_the_password(mailing: Flask) -> None:
    ada = add_person(mailing)
    post(mailing.test_client(), "/reset", {"email": ada.email})
    token = link_in(sent_by(mailing)[0].body).removeprefix("/reset/")
    in_force: list[str] = []

    def choose(password: str) -> None:
        with suppress(Invalid):
            passwords.reset_password(token, password)
            in_force.append(password)

    at_once(mailing, *(partial(choose, f"password number {number}") for number in range(6)))
    assert len(in_force) == 1
    assert logs_in(mailing, ada.email, in_force[0])


def test_a_password_that_is_changed_while_it_is_checked_lets_nobody_in(
    app: Flask, ada: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, begun = app.test_client(), passwords.fits
    with app.app_context():
        old_hash = bcrypt.hashpw(get_hmac(PASSWORD)[:72], bcrypt.gensalt(4)).decode()

    def fits_and_is_changed(password: str, user: User | None) -> bool:
        fits = begun(password, user)
        passwords.set_password(ada.id, passwords.hashed(NEW))
        return fits

    for is_old in (False, True):
        with app.app_context():
            passwords.set_password(ada.id, old_hash if is_old else passwords.hashed(PASSWORD))
        with monkeypatch.context() as patched:
            patched.setattr(entering.passwords, "fits", fits_and_is_changed)
            assert not logs_in(app, ada.email, PASSWORD)
        assert logs_in(app, ada.email, NEW)
        assert kept(app, ada).startswith("$argon2id$")

    _phone, codes = switch_on(app, ada)
    with app.app_context():
        passwords.set_password(ada.id, passwords.hashed(PASSWORD))
    with monkeypatch.context() as patched:
        patched.setattr(entering.passwords, "fits", fits_and_is_changed)
        post(client, "/login", {"email": ada.email, "password": PASSWORD})
    post(client, "/login/code", {"code": codes[0]}, page="/login/code")
    assert client.get("/api/account").status_code == 401
