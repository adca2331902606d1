"""Claims about chats: each service gets its own words, each post arrives once, and what fails is seen and told."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from musicapp.clock import now
from musicapp.database import session, writing
from musicapp.jobs.models import Job
from plugins.reports.models import Chat, ChatPost
from tests.conftest import AppMaker
from tests.people import Somebody, add_person, bearer, post, sign_in
from tests.plugins.auth.conftest import sent_by
from tests.plugins.catalog.music import Headers, retry_now, work
from tests.plugins.reports.chat_sink import ChatSink, chat_sink


@pytest.fixture
def app(make_app: AppMaker) -> Flask:
    """A site that may reach this machine, with a mail server that keeps what it is given."""
    app = make_app(reach_private=["127.0.0.1"], mail_server="smtp.example.org")
    app.extensions["mailman"].backend = "locmem"
    return app


@pytest.fixture
def sink() -> Iterator[ChatSink]:
    """The other side."""
    with chat_sink() as sink:
        yield sink


@pytest.fixture
def owner(app: Flask) -> Somebody:
    """Who runs the site."""
    return add_person(app, "Olga", "admin")


@pytest.fixture
def as_owner(app: Flask, owner: Somebody) -> Headers:
    """What a program of the owner sends."""
    return bearer(app, owner)


def add_chat(client: FlaskClient, headers: Headers, sink: ChatSink, service: str = "slack", *topics: str) -> Any:
    chat = {"service": service, "name": "Music room", "address": f"{sink.url}/hook/s3cret", "topics": list(topics)}
    answer = client.post("/api/chats", json=chat, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.json["data"]


def posts_of(client: FlaskClient, headers: Headers, chat_id: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/chats/{chat_id}/posts", headers=headers).json["data"]
    return found


def post_test(client: FlaskClient, headers: Headers, chat_id: int) -> None:
    assert client.post(f"/api/chats/{chat_id}/test", headers=headers).status_code == 202


def test_the_owner_adds_a_chat_tries_it_changes_it_and_brings_it_back(
    app: Flask, client: FlaskClient, owner: Somebody, sink: ChatSink
) -> None:
    sign_in(client, owner)
    assert "No chats yet" in client.get("/chats").text
    fields = {"service": "slack", "name": "Music room", "address": f"{sink.url}/hook/s3cret", "topics": "digest"}
    refused = post(client, "/chats/new", {**fields, "address": "https://10.0.0.1/hook"})
    assert (refused.status_code, "in a private network" in refused.text) == (422, True)
    page = post(client, "/chats/new", fields).location
    assert post(client, f"{page}/test").status_code == 303
    assert "Queued" in client.get(page).text
    sink.answer(403, "invalid_token\nsecond line")
    work(app)
    shown = client.get(page).text
    assert "invalid_token" in shown
    assert "second line" not in shown
    assert "Send again" in shown
    assert "s3cret" not in shown
    assert "/…cret" in shown
    assert post(client, f"{page}/edit", {"name": "Another room", "topics": "digest"}).status_code == 303
    assert post(client, f"{page}/edit", {"name": "", "topics": "nothing"}).status_code == 422
    post(client, f"{page}/off")
    assert "Nothing is posted there since" in client.get(page).text
    post(client, f"{page}/on")
    post(client, f"{page}/delete")
    listed = client.get("/chats").text
    assert "“Another room” is deleted" in listed
    assert client.get(page).status_code == 404
    post(client, f"{page}/restore")
    assert "Another room" in client.get(page).text
    client.post("/logout")
    mira = add_person(app, "Mira")
    assert client.get("/api/chats", headers=bearer(app, mira)).status_code == 403


def test_what_fails_for_a_while_is_tried_again_and_what_is_gone_is_not(
    app: Flask, client: FlaskClient, as_owner: Headers, sink: ChatSink
) -> None:
    chat_id = add_chat(client, as_owner, sink)["id"]
    tell(app, chat_id, "a")
    sink.answer(429, "slow down", Retry_After="7200")
    work(app)
    [row] = posts_of(client, as_owner, chat_id)
    assert (row["state"], row["status"], row["answer"], row["attempts"]) == ("retrying", 429, "slow down", 1)
    assert timedelta(minutes=119) < next_try(app) - now() <= timedelta(minutes=120)
    sink.answer(503, "<html>busy")
    retry_now(app)
    work(app)
    assert timedelta(minutes=4) < next_try(app) - now() < timedelta(minutes=6)
    retry_now(app)
    work(app)
    [row] = posts_of(client, as_owner, chat_id)
    assert (row["state"], row["status"], row["attempts"]) == ("sent", 200, 3)
    assert len(sink.taken) == 3
    tell(app, chat_id, "b")
    sink.answer(410, "no_service")
    work(app)
    row = posts_of(client, as_owner, chat_id)[0]
    assert (row["state"], row["answer"]) == ("failed", "The chat is gone, or its address was taken back. no_service")
    assert client.post(f"/api/chats/{chat_id}/posts/{row['id']}/resend", headers=as_owner).status_code == 202
    work(app)
    assert posts_of(client, as_owner, chat_id)[0]["state"] == "sent"
    assert client.post(f"/api/chats/{chat_id}/posts/{row['id']}/resend", headers=as_owner).status_code == 409
    tell(app, chat_id, "c")
    sink.answer(302, "", Location="http://169.254.169.254/")
    work(app)
    row = posts_of(client, as_owner, chat_id)[0]
    assert (row["state"], row["status"]) == ("failed", 302)
    assert len(sink.taken) == 6


def tell(app: Flask, chat_id: int, key: str, title: str = "Something.") -> None:
    from plugins.reports.services.chats.messages import Message
    from plugins.reports.services.chats.posting import post as post_to

    with app.app_context(), writing():
        post_to(chat_id, "catalog.releases", {key: Message(title)})


def next_try(app: Flask) -> Any:
    with app.app_context():
        return session().scalar(
            sa.select(Job.run_after).where(Job.kind == "reports.post_to_chat", Job.state == "waiting")
        )
