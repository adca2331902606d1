"""Who is suspended reads why and takes their data along, by having proven whose account it is, and nothing else."""

import io
import json
import re
from datetime import timedelta
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from plugins.auth import browser
from plugins.auth.services import passwords, suspending
from plugins.auth.services.leaving import asking
from tests.conftest import on_one_database
from tests.people import PASSWORD, Somebody, add_person, post
from tests.plugins.auth.conftest import Travel, sent_by
from tests.plugins.auth.second_factors import switch_on

PAGE = "/account/suspended"
OVER = timedelta(minutes=16)


def suspended(app: Flask, name: str = "Ada", reason: str = "Nine adverts.") -> tuple[Somebody, FlaskClient]:
    """Somebody who is kept out, and a browser in which they typed their password."""
    person, client = add_person(app, name), app.test_client()
    with app.app_context():
        suspending.suspend(person.id, now() + timedelta(days=3), reason)
    assert log_in(client, person) == PAGE
    return person, client


def log_in(client: FlaskClient, person: Somebody) -> str:
    """Where a right password leads them."""
    return str(post(client, "/login", {"email": person.email, "password": PASSWORD}).location)


def file_in(page: str) -> str:
    """The address of the file that a page offers."""
    [address] = re.findall(rf'href="({PAGE}/files/[^"]+)"', page)
    return str(address)


def test_who_is_suspended_takes_their_data_along_and_does_nothing_else(app: Flask) -> None:
    ada, client = suspended(app)
    shown = client.get(PAGE)
    assert "Nine adverts." in shown.text and "Make a copy of my data" in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    assert post(client, PAGE, page=PAGE).location == PAGE
    assert "It begins as soon as" in client.get(PAGE).text
    sent_by(app)
    ready = client.get(PAGE).text
    answer = client.get(file_in(ready), buffered=True)
    account = json.loads(ZipFile(io.BytesIO(answer.data)).read("account/account.json"))
    assert (account["email"], account["suspended_for"]) == (ada.email, "Nine adverts.")
    assert "Delete the file" not in ready
    for path in ("/account", "/account/data", file_in(ready).replace("suspended", "data")):
        assert client.get(path).location.startswith("/login")
    assert client.get("/api/account/data").status_code == 401
    assert post(client, "/account/stay", page=PAGE).location == PAGE
    assert client.get("/account").location.startswith("/login")


def test_what_was_proven_holds_for_one_account_and_a_quarter_of_an_hour(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ada, client), (bob, others) = suspended(app), suspended(app, "Bob")
    post(client, PAGE, page=PAGE)
    sent_by(app)
    address = file_in(client.get(PAGE).text)
    assert others.get(address).status_code == 404
    assert app.test_client().get(address).location == app.test_client().get(PAGE).location == "/login"
    with monkeypatch.context() as later:
        later.setattr(browser, "now", lambda: now() + OVER)
        assert {client.get(path).location for path in (PAGE, address)} == {"/login"}
    with app.app_context():
        suspending.restore(bob.id)
        passwords.set_password(ada.id, passwords.hashed("quite another one"))
    assert others.get(PAGE).location == client.get(PAGE).location == client.get(address).location == "/login"


@on_one_database
def test_what_was_proven_ends_with_a_button_also_for_who_deleted_their_account(app: Flask) -> None:
    ada, client = suspended(app)
    with app.app_context():
        asking.close(ada.id, {}, by=None)
    page = client.get(PAGE).text
    assert "This account was deleted. On " in page and 'action="/account/done"' in page
    assert post(client, "/account/done", page=PAGE).location == "/"
    assert client.get(PAGE).location == post(client, PAGE, page="/login").location == "/login"
    with app.app_context():
        suspending.restore(ada.id)
    assert log_in(client, ada) == "/account/stay"
    assert 'formaction="/account/done"' in client.get("/account/stay").text
    assert post(client, "/account/done", page="/account/stay").location == "/"
    assert post(client, "/account/stay", page="/login").location == "/login"


@on_one_database
def test_who_was_told_why_by_another_way_is_led_to_that(mailing: Flask) -> None:
    shown = [suspended(mailing, reason=reason)[1].get(PAGE).text for reason in ("", "Nine adverts.")]
    assert ["The mail about it says why." in page for page in shown] == [True, False]


@on_one_database
def test_where_a_second_factor_is_on_the_password_alone_proves_nothing(app: Flask, at: Travel) -> None:
    ada, client = add_person(app), app.test_client()
    at(timedelta(0))
    phone, _codes = switch_on(app, ada)
    with app.app_context():
        suspending.suspend(ada.id, now() + timedelta(days=3), "Nine adverts.")
    assert log_in(client, ada) == "/login/code"
    assert client.get(PAGE).location == "/login"
    told = client.post("/api/login", json={"email": ada.email, "password": PASSWORD})
    assert told.status_code == 401 and "adverts" not in told.text
    at(timedelta(seconds=30))
    assert post(client, "/login/code", {"code": phone.code()}, page="/login/code").location == PAGE
    assert "Nine adverts." in client.get(PAGE).text
    at(timedelta(seconds=60))
    told = client.post("/api/login", json={"email": ada.email, "password": PASSWORD, "code": phone.code()})
    assert told.status_code == 403 and "Nine adverts." in told.json["message"]
