"""Claims about `Idempotency-Key`: the same call twice does its work once and answers alike."""

import io
import threading
from datetime import timedelta
from types import ModuleType

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import writing
from musicapp.site.models import KeptAnswer

KEY = {"Idempotency-Key": "k-1"}


@pytest.fixture
def notes(app: Flask) -> ModuleType:
    import plugins.notes as module  # type: ignore[import-not-found]

    return module  # type: ignore[no-any-return]


def test_the_same_call_again_gets_the_first_answer(client: FlaskClient, notes: ModuleType) -> None:
    first = client.post("/api/notes/", json={"text": "one"}, headers=KEY)
    again = client.post("/api/notes/", json={"text": "one"}, headers=KEY)
    assert notes.made == ["one"]
    assert (again.status_code, again.json, again.headers["Location"]) == (201, first.json, first.headers["Location"])


def test_without_a_key_a_call_is_made_each_time(client: FlaskClient, notes: ModuleType) -> None:
    for _ in range(2):
        client.post("/api/notes/", json={"text": "one"})
    assert notes.made == ["one", "one"]


def test_the_same_key_with_another_body_is_422(client: FlaskClient, notes: ModuleType) -> None:
    client.post("/api/notes/", json={"text": "one"}, headers=KEY)
    assert client.post("/api/notes/", json={"text": "two"}, headers=KEY).status_code == 422
    assert notes.made == ["one"]


def test_the_same_key_for_another_file_is_422(client: FlaskClient, notes: ModuleType) -> None:
    for content, status in ((b"picture", 201), (b"picture", 201), (b"another", 422)):
        sent = {"picture": (io.BytesIO(content), "a.png")}
        response = client.post("/api/notes/pictures", data=sent, headers={"Idempotency-Key": "file"})
        assert response.status_code == status
    assert notes.made == [b"picture"]


def test_keys_are_each_callers_own(app: Flask, notes: ModuleType) -> None:
    for address in ("10.0.0.1", "10.0.0.2"):
        client = app.test_client()
        client.post("/api/notes/", json={"text": "one"}, headers=KEY, environ_overrides={"REMOTE_ADDR": address})
    assert notes.made == ["one", "one"]


def test_a_refusal_is_not_kept_so_it_can_be_tried_again(client: FlaskClient, app: Flask) -> None:
    assert client.post("/api/notes/", json={"text": "taken"}, headers=KEY).status_code == 409
    assert client.post("/api/notes/", json={"text": "free"}, headers=KEY).status_code == 201


def test_one_in_flight_is_409(app: Flask, notes: ModuleType) -> None:
    notes.hold.clear()
    notes.inside.clear()
    answers: list[int] = []

    def call() -> None:
        answers.append(app.test_client().post("/api/notes/", json={"text": "one"}, headers=KEY).status_code)

    slow = threading.Thread(target=call)
    slow.start()
    assert notes.inside.wait(30)
    call()
    notes.hold.set()
    slow.join()
    assert (answers, notes.made) == ([409, 201], ["one"])


def test_what_a_dead_process_left_in_flight_is_given_up(app: Flask, client: FlaskClient, notes: ModuleType) -> None:
    client.post("/api/notes/", json={"text": "one"}, headers=KEY)
    with app.app_context(), writing() as unit:
        unit.execute(sa.update(KeptAnswer).values(status=0, created_at=now() - timedelta(minutes=6)))
    assert client.post("/api/notes/", json={"text": "one"}, headers=KEY).status_code == 201


def test_a_key_that_is_too_long_is_422(client: FlaskClient) -> None:
    response = client.post("/api/notes/", json={"text": "one"}, headers={"Idempotency-Key": "k" * 129})
    assert response.status_code == 422
