"""What the site answers, and how much it works for it, does not tell whose accounts exist."""

import socket
import time
from collections.abc import Callable
from contextlib import closing
from statistics import median

import pytest
from flask import Flask
from flask.testing import FlaskClient
from passlib.context import CryptContext
from werkzeug.test import TestResponse

from musicapp.database import writing
from plugins.auth.services import passwords, people
from plugins.auth.wiring import ARGON2
from tests.conftest import AppMaker
from tests.people import PASSWORD, add_person, csrf_token
from tests.plugins.auth.conftest import sent_by, started

ROUNDS = 9


@pytest.fixture
def costly(make_app: AppMaker, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """A site with mail whose hashes cost what they cost outside of tests, and whose throttle does not interfere."""
    for name in ("LOG_IN_TRIES", "ADDRESS_TRIES", "SIGN_UPS", "MAILS", "ADDRESS_MAILS"):
        monkeypatch.setenv(f"MUSICAPP_AUTH_{name}", "999")
    app = started(make_app, mail_server="smtp.example.org")
    add_person(app, email="known@example.org")
    app.extensions["mailman"].backend = "locmem"
    app.extensions["security"].pwd_context = CryptContext(["argon2", "bcrypt"], deprecated="auto", **ARGON2)
    with app.app_context():
        password_hash = passwords.hashed(PASSWORD)
        with writing():
            user = people.person_with_address("known@example.org")
            assert user is not None
            user.password = password_hash
    return app


def work_s(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began


def page_post(path: str) -> Callable[[FlaskClient, str, str], TestResponse]:
    def send(client: FlaskClient, token: str, email: str) -> TestResponse:
        fields = {"email": email, "password": "not this one", "name": "Ada", "role": "user", "csrf_token": token}
        return client.post(path, data=fields)

    return send


def api_post(path: str) -> Callable[[FlaskClient, str, str], TestResponse]:
    def send(client: FlaskClient, _token: str, email: str) -> TestResponse:
        body = {"email": email, "password": "not this one"}
        return client.post(path, json={**body, "name": "Ada"} if path.endswith("signup") else body)

    return send


@pytest.mark.parametrize(
    "send",
    [
        pytest.param(page_post("/login"), id="log in on the page"),
        pytest.param(api_post("/api/login"), id="log in by the API"),
        pytest.param(page_post("/signup"), id="sign up on the page"),
        pytest.param(api_post("/api/signup"), id="sign up by the API"),
        pytest.param(page_post("/reset"), id="forgotten password"),
        pytest.param(page_post("/confirm"), id="ask to confirm"),
    ],
)
def test_known_and_unknown_accounts_get_the_same_answer_for_the_same_work(
    costly: Flask, send: Callable[[FlaskClient, str, str], TestResponse]
) -> None:
    client = costly.test_client()
    token = csrf_token(client)
    send(client, token, "warm-up@example.org")
    answers: dict[str, list[TestResponse]] = {"known": [], "unknown": []}
    work: dict[str, list[float]] = {"known": [], "unknown": []}
    for number in range(ROUNDS):
        for kind, email in (("known", "known@example.org"), ("unknown", f"unknown{number}@example.org")):
            work[kind].append(work_s(lambda: answers[kind].append(send(client, token, email))))  # noqa: B023
    told = {kind: {(answer.status_code, answer.location, body(answer)) for answer in answers[kind]} for kind in answers}
    assert len(told["known"]) == 1
    assert told["known"] == told["unknown"]
    known_s, unknown_s = median(work["known"]), median(work["unknown"])
    assert abs(known_s - unknown_s) < max(0.010, 0.5 * max(known_s, unknown_s)), work


def body(answer: TestResponse) -> str:
    """What is read, without what differs from page to page anyway."""
    text = answer.text
    for email in ("known@example.org", *(f"unknown{number}@example.org" for number in range(ROUNDS))):
        text = text.replace(email, "…")
    return "\n".join(line for line in text.splitlines() if "csrf" not in line and "nonce" not in line)


def test_a_request_that_mails_does_not_even_ask_the_mail_server(make_app: AppMaker) -> None:
    """The worker alone talks to it, so a server that says nothing costs no request anything."""
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        app = started(make_app, mail_server="127.0.0.1", mail_port=silent.getsockname()[1], mail_encryption="none")
        app.extensions["mailman"].timeout = 0.2
        ada, client = add_person(app), app.test_client()
        silent.setblocking(False)
        assert client.post("/reset", data={"csrf_token": csrf_token(client), "email": ada.email}).status_code == 302
        with pytest.raises(BlockingIOError):
            silent.accept()
        assert sent_by(app) == []
        silent.accept()[0].close()


def test_a_new_unconfirmed_account_cannot_be_told_from_a_known_one_by_logging_in(mailing: Flask) -> None:
    """Else somebody could sign up with an address and see by the log-in whether the account is theirs now."""
    known = add_person(mailing)
    client = mailing.test_client()
    answers = []
    for email in (known.email, "new@example.org"):
        body = {"name": "Eve", "email": email, "password": "a password of eve"}
        assert client.post("/api/signup", json=body).status_code == 202
        answers.append(client.post("/api/login", json={"email": email, "password": "a password of eve"}))
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].json == answers[1].json
