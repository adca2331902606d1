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


def test_words_are_changed_for_a_quarter_of_an_hour_and_by_their_author_alone(
    app: Flask, client: FlaskClient, as_mira: Headers, as_admin: Headers, say: Callable[..., TestResponse]
) -> None:
    comment_id = say(as_mira, "Lovly").json["data"]["id"]
    path = f"/api/comments/{comment_id}"
    assert client.patch(path, json={"text": "Lovely"}, headers=as_admin).status_code == 403
    edited = client.patch(path, json={"text": "Lovely"}, headers=as_mira).json["data"]
    assert (edited["text"], edited["edited_at"] is None) == ("Lovely", False)
    with app.app_context():
        services.hide_comment(comment_id)
    assert client.patch(path, json={"text": "x"}, headers=as_mira).status_code == 403
    with app.app_context():
        services.restore_comment(comment_id)
    grow_older(app, comment_id, timedelta(minutes=15))
    assert client.patch(path, json={"text": "x"}, headers=as_mira).status_code == 403
    assert client.get(path, headers=as_mira).json["data"]["may"] == {"edit": False, "delete": True}


def test_comments_are_taken_away_by_their_author_the_artist_and_staff_and_brought_back_by_who_did_it(
    app: Flask,
    client: FlaskClient,
    as_mira: Headers,
    as_nils: Headers,
    as_ada: Headers,
    as_moderator: Headers,
    song_id: int,
    say: Callable[..., TestResponse],
) -> None:
    for remover, others in ((as_mira, as_nils), (as_nils, as_mira), (as_moderator, as_nils)):
        comment_id = say(as_mira, "Hm.").json["data"]["id"]
        path = f"/api/comments/{comment_id}"
        assert client.delete(path, headers=as_ada).status_code == 403
        assert client.delete(path, headers=remover).status_code == 200
        assert client.get(path, headers=as_mira).status_code == 404
        assert client.delete(path, headers=remover).status_code == 404
        assert client.post(f"{path}/restore", headers=others).status_code == 404
        assert client.post(f"{path}/restore", headers=remover).json["data"]["text"] == "Hm."
        client.delete(path, headers=remover)
        grow_older(app, comment_id, timedelta(minutes=61))
        assert client.post(f"{path}/restore", headers=remover).status_code == 409
    assert client.get(f"/api/songs/{song_id}/comments", headers=as_mira).json["data"] == []


def test_a_deleted_comment_with_replies_keeps_its_place_and_loses_its_words_for_ever(
    app: Flask, client: FlaskClient, as_mira: Headers, as_nils: Headers, song_id: int, say: Callable[..., TestResponse]
) -> None:
    first = say(as_mira, "A secret @Nils Hollar", at_s=5).json["data"]["id"]
    reply = say(as_nils, "Oh", reply_to=first).json["data"]["id"]
    alone = say(as_mira, "Alone").json["data"]["id"]
    for comment_id in (first, alone):
        client.delete(f"/api/comments/{comment_id}", headers=as_mira)
        grow_older(app, comment_id, timedelta(minutes=61))
    with app.app_context():
        assert (forget_deleted(), forget_deleted()) == (2, 0)
        left = db.session.execute(sa.select(Comment.id, Comment.text, Comment.author_id).order_by(Comment.id)).all()
        assert [tuple(row) for row in left][0] == (first, "", None)
        assert [row.id for row in left] == [first, reply]
    [thread] = client.get(f"/api/songs/{song_id}/comments").json["data"]
    kept = {"state": "deleted", "text": None, "author": None, "at_s": None, "mentions": []}
    assert {name: thread[name] for name in kept} == kept
    assert "This comment was deleted." in client.get(f"/comments/song/{song_id}").text
    client.delete(f"/api/comments/{reply}", headers=as_nils)
    assert client.get(f"/api/songs/{song_id}/comments").json["data"] == []


def test_hidden_comments_are_read_by_their_author_and_staff_alone(
    app: Flask, client: FlaskClient, as_mira: Headers, as_ada: Headers, as_moderator: Headers, song_id: int,
    say: Callable[..., TestResponse],
) -> None:  # fmt: skip
    comment_id = say(as_mira, "Rude", at_s=10).json["data"]["id"]
    with app.app_context():
        services.hide_comment(comment_id)
    for headers, seen in ((as_mira, ["Rude"]), (as_moderator, ["Rude"]), (as_ada, []), (None, [])):
        found = client.get(f"/api/songs/{song_id}/comments", headers=headers).json["data"]
        assert [one["text"] for one in found] == seen
        assert ('data-moment="10.0"' in client.get(f"/songs/{song_id}", headers=headers).text) == bool(seen)
    assert say(as_ada, "?", reply_to=comment_id).status_code == 404
    with app.app_context():
        services.restore_comment(comment_id)
    assert len(client.get(f"/api/songs/{song_id}/comments").json["data"]) == 1


def test_each_person_hears_of_a_comment_once_by_its_nearest_reason_and_never_of_ones_own(
    app: Flask, client: FlaskClient, nils: Somebody, mira: Somebody, as_nils: Headers, as_mira: Headers, as_ada: Headers,
    ada: Somebody, say: Callable[..., TestResponse],
) -> None:  # fmt: skip
    first = say(as_mira, "Fine").json["data"]["id"]
    reply = say(as_nils, "Thanks @mira, and @Nils Hollar", reply_to=first).json["data"]
    assert [one["name"] for one in reply["mentions"]] == ["Mira"]
    third = say(as_ada, "Nils@example.org is no mention").json["data"]["id"]
    client.patch(f"/api/comments/{third}", json={"text": "@Mira, and @Nils Hollar: yes"}, headers=as_ada)
    client.patch(f"/api/comments/{third}", json={"text": "@Mira yes"}, headers=as_ada)
    assert alerts(app, nils) == [
        ("catalog.comment", "Mira commented on “Neap”."),
        ("catalog.comment", "Ada Quist commented on “Neap”."),
    ]
    assert alerts(app, mira) == [
        ("catalog.reply", "Nils Hollar replied to you on “Neap”."),
        ("catalog.mention", "Ada Quist mentioned you on “Neap”."),
    ]
    assert alerts(app, ada) == []


def test_of_namesakes_who_was_chosen_is_meant() -> None:
    people = [(1, "Ada"), (2, "Ada Quist"), (3, "ada"), (4, "Ådne 2")]
    assert mentions_in("@Ada hello", people) == [1]
    assert mentions_in("@Ada hello", people, [3]) == [3]
    assert mentions_in("@ada quist, @ÅDNE 2! @Adam mail@ada", people, [1]) == [2, 4]


def test_too_many_comments_at_once_are_refused_and_the_owner_can_switch_them_off(
    app: Flask, client: FlaskClient, mira: Somebody, as_mira: Headers, as_ada: Headers, song_id: int,
    say: Callable[..., TestResponse],
) -> None:  # fmt: skip
    with app.app_context():
        store_settings("catalog", {"comments_in_ten_minutes": 2})
    ids = [say(as_mira, str(number)).json["data"]["id"] for number in range(2)]
    client.delete(f"/api/comments/{ids[0]}", headers=as_mira)
    refused = say(as_mira, "3")
    assert (refused.status_code, 0 < int(refused.headers["Retry-After"]) <= 600) == (429, True)
    assert refused.json["message"] == "That were many comments. Write the next one in 10 min."
    assert say(as_ada, "1").status_code == 201
    browser = app.test_client()
    sign_in(browser, mira)
    page = post(browser, f"/comments/song/{song_id}", {"text": "3", "at_s": ""})
    assert (page.status_code, "Write the next one in" in page.text) == (429, True)
    grow_older(app, ids[0], timedelta(minutes=10))
    assert say(as_mira, "3").status_code == 201
    with app.app_context():
        store_settings("catalog", {"comments_in_ten_minutes": 0})
    assert say(as_ada, "2").status_code == 403
    assert "Nobody writes comments" in browser.get(f"/comments/song/{song_id}").text
