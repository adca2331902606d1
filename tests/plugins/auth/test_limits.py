"""Trying too often: counted in the database, level for known and unknown accounts, and no weapon against others."""

from datetime import timedelta

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.database import db
from musicapp.errors import TooOften
from musicapp.throttle import Purse, spend
from musicapp.throttle.models import Window
from tests.conftest import AppMaker
from tests.people import PASSWORD, add_person, post, sign_in
from tests.plugins.auth.conftest import Travel, at_once, started

WRONG = "not this one"


def guess(client: FlaskClient, email: str, password: str = WRONG, came_from: str = "10.0.0.1") -> int:
    body = {"email": email, "password": password}
    return client.post("/api/login", json=body, environ_base={"REMOTE_ADDR": came_from}).status_code


def test_ten_wrong_passwords_are_a_pause_for_known_and_unknown_alike(app: Flask, client: FlaskClient) -> None:
    for email in (add_person(app).email, "nobody@example.org"):
        assert [guess(client, email) for _ in range(12)] == [401] * 10 + [429] * 2


def test_the_pause_says_how_long_it_is_and_ends(app: Flask, client: FlaskClient, at: Travel) -> None:
    ada = add_person(app)
    for _ in range(10):
        guess(client, ada.email)
    answer = client.post("/api/login", json={"email": ada.email, "password": PASSWORD})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 901
    assert "Try again in" in answer.json["message"]
    assert post(client, "/login", {"email": ada.email, "password": PASSWORD}).status_code == 429
    at(timedelta(minutes=15))
    assert guess(client, ada.email, PASSWORD) == 200


def test_many_accounts_from_one_address_are_a_pause_too(app: Flask, client: FlaskClient) -> None:
    ada = add_person(app)
    guesses = [guess(client, f"person{number}@example.org") for number in range(51)]
    assert guesses == [401] * 50 + [429]
    assert guess(client, ada.email, PASSWORD) == 429
    assert guess(client, ada.email, PASSWORD, came_from="10.0.0.2") == 200


def test_all_addresses_of_one_ipv6_network_count_as_one(app: Flask, client: FlaskClient) -> None:
    guesses = [guess(client, f"p{number}@example.org", came_from=f"2001:db8::{number:x}") for number in range(51)]
    assert guesses[-1] == 429


def test_a_forged_proxy_header_is_no_new_address(app: Flask, client: FlaskClient) -> None:
    statuses = []
    for number in range(51):
        body = {"email": f"p{number}@example.org", "password": WRONG}
        forged = {"X-Forwarded-For": f"10.1.1.{number}", "X-Real-IP": f"10.1.1.{number}"}
        statuses.append(client.post("/api/login", json=body, headers=forged).status_code)
    assert statuses[-1] == 429


def test_logging_in_rightly_again_and_again_is_no_pause(app: Flask, client: FlaskClient) -> None:
    ada = add_person(app)
    assert {guess(client, ada.email, PASSWORD) for _ in range(60)} == {200}


def test_a_right_password_forgives_the_wrong_ones_before(app: Flask, client: FlaskClient) -> None:
    ada = add_person(app)
    for _ in range(3):
        assert [guess(client, ada.email) for _ in range(9)] == [401] * 9
        assert guess(client, ada.email, PASSWORD) == 200


def test_strangers_cannot_keep_somebody_out_of_a_browser_they_used_before(app: Flask) -> None:
    ada = add_person(app)
    own, stranger = app.test_client(), app.test_client()
    sign_in(own, ada)
    own.delete_cookie("musicapp")
    for _ in range(11):
        guess(stranger, ada.email)
    assert guess(stranger, ada.email, PASSWORD) == 429
    sign_in(own, ada)


def test_a_known_browser_has_no_more_tries_than_others(app: Flask) -> None:
    ada = add_person(app)
    own = app.test_client()
    sign_in(own, ada)
    own.delete_cookie("musicapp")
    statuses = [post(own, "/login", {"email": ada.email, "password": WRONG}).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]


def test_the_page_says_when_few_tries_are_left(app: Flask, client: FlaskClient) -> None:
    for email in (add_person(app).email, "nobody@example.org"):
        pages = [post(client, "/login", {"email": email, "password": WRONG}).text for _ in range(10)]
        assert "left before" not in pages[5]
        assert "Three tries are left before a short pause." in pages[6]
        assert "No try is left before a short pause." in pages[9]


def test_many_guesses_at_once_do_not_slip_through(make_app: AppMaker) -> None:
    app = started(make_app)
    passed: list[int] = []
    refused: list[int] = []

    def try_five_times() -> None:
        for _ in range(5):
            try:
                spend([Purse("guess", "ada", tries=10, per=timedelta(hours=1))])
                passed.append(1)
            except TooOften:
                refused.append(1)

    at_once(app, *[try_five_times] * 8)
    assert (len(passed), len(refused)) == (10, 30)


def test_all_processes_count_together(make_app: AppMaker) -> None:
    clients = [started(make_app).test_client() for _ in range(2)]
    statuses = [guess(clients[number % 2], "ada@example.org") for number in range(11)]
    assert statuses == [401] * 10 + [429]


def test_signing_up_again_and_again_is_a_pause(make_app: AppMaker) -> None:
    app = started(make_app)
    client = app.test_client()
    for number in range(30):
        body = {"name": "A", "email": f"a{number}@example.org", "password": PASSWORD}
        assert client.post("/api/signup", json=body).status_code == 201
    body = {"name": "A", "email": "last@example.org", "password": PASSWORD}
    assert client.post("/api/signup", json=body).status_code == 429


def test_asking_for_mails_again_and_again_is_a_pause_for_known_and_unknown_alike(mailing: Flask) -> None:
    client = mailing.test_client()
    for path in ("/reset", "/confirm"):
        for email in (add_person(mailing).email, f"nobody{path[1:]}@example.org"):
            assert [post(client, path, {"email": email}).status_code for _ in range(6)] == [302] * 5 + [429]


def test_wrong_present_passwords_are_a_pause(app: Flask, client: FlaskClient) -> None:
    sign_in(client, add_person(app))
    fields = {"current_password": WRONG, "new_password": "quite another one"}
    statuses = [post(client, "/account/password", fields, page="/account").status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]


def test_what_people_typed_is_not_kept(app: Flask, client: FlaskClient) -> None:
    guess(client, "secret-address@example.org")
    with app.app_context():
        keys = db.session.scalars(sa.select(Window.key)).all()
    assert len(keys) == 2 and all(len(key) == 64 and "secret" not in key for key in keys)
