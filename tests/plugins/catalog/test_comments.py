"""What people write about music: who may say, change and take away what, who hears of it, and how it looks."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.site.stored_settings import store_settings
from plugins.catalog import services
from plugins.catalog.models import Comment
from plugins.catalog.plain_text import linked
from plugins.catalog.services.comments import forget_deleted, mentions_in
from plugins.inbox.models import Alert
from tests.people import Somebody, add_person, bearer, post, sign_in
from tests.plugins.catalog.music import Counted, Headers, fill_catalogue, ready_song, set_song


@pytest.fixture
def song_id(app: Flask, nils: Somebody) -> int:
    """A song of Nils, three minutes long."""
    return ready_song(app, nils.id, "Neap")


@pytest.fixture
def say(client: FlaskClient, song_id: int) -> Callable[..., TestResponse]:
    """Writes about the song."""

    def send(headers: Headers, text: str, **said: object) -> TestResponse:
        return client.post(f"/api/songs/{song_id}/comments", json={"text": text, **said}, headers=headers)

    return send


def alerts(app: Flask, person: Somebody) -> list[tuple[str, str]]:
    """What somebody was told, the first first."""
    with app.app_context():
        rows = db.session.execute(sa.select(Alert.kind, Alert.text).where(Alert.user_id == person.id).order_by(Alert.id))
        return [(kind, text) for kind, text in rows]


def grow_older(app: Flask, comment_id: int, age: timedelta) -> None:
    """Let a comment have been written, and deleted when it was, so long ago."""
    with app.app_context(), writing() as unit:
        comment = unit.get_one(Comment, comment_id)
        comment.created_at = now() - age
        comment.deleted_at = comment.deleted_at and now() - age


def test_a_comment_a_moment_and_a_reply_are_read_by_everybody(
    client: FlaskClient, as_mira: Headers, as_nils: Headers, song_id: int, say: Callable[..., TestResponse]
) -> None:
    first = say(as_mira, "That creak.\r\n\r\n\r\n\r\nIs it the pier?", at_s=134.04)
    assert first.status_code == 201, first.text
    comment = first.json["data"]
    assert (comment["text"], comment["at_s"]) == ("That creak.\n\nIs it the pier?", 134.0)
    reply = say(as_nils, "The bench.", reply_to=comment["id"]).json["data"]
    deeper = say(as_mira, "Ah.", reply_to=reply["id"]).json["data"]
    assert deeper["reply_to"] == comment["id"]
    [thread] = client.get(f"/api/songs/{song_id}/comments").json["data"]
    assert [one["text"] for one in thread["replies"]] == ["The bench.", "Ah."]
    assert [one["by_owner"] for one in thread["replies"]] == [True, False]
    assert client.get(first.headers["Location"]).json["data"]["id"] == comment["id"]
    assert len(client.get(f"/api/comments/{comment['id']}/replies").json["data"]) == 2
    for wrong in ({"at_s": 181}, {"at_s": -1}, {"at_s": 5, "reply_to": comment["id"]}, {"text": " "}, {"text": "x" * 2001}):
        refused = client.post(f"/api/songs/{song_id}/comments", json={"text": "x", **wrong}, headers=as_mira)
        assert refused.status_code == 422, wrong
        assert set(refused.json["errors"]) <= set(wrong)
    assert say(as_mira, "x", reply_to=999).status_code == 404
    assert client.post(f"/api/songs/{song_id}/comments", json={"text": "x"}).status_code == 401
