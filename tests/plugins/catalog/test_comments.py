"""What people write about music: who may say, change and take away what, who hears of it, and how it looks."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from musicapp.clock import now
from musicapp.database import db, writing
from musicapp.site.stored_settings import store_settings
from plugins.catalog.models import ArtistMember, Comment, Song
from plugins.catalog.plain_text import linked
from plugins.catalog.services import removing
from plugins.catalog.services.comments import forget_deleted, hide_comment, mentions_in, restore_comment
from plugins.inbox.models import Alert
from tests.people import Somebody, post, sign_in
from tests.plugins.catalog.music import Counted, Headers, fill_catalogue, ready_song, set_album, set_song


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
        told = sa.select(Alert.kind, Alert.text).where(Alert.user_id == person.id).order_by(Alert.id)
        return [(kind, text) for kind, text in db.session.execute(told)]


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
    at_a_reply = {"at_s": 5, "reply_to": comment["id"]}
    for wrong in ({"at_s": 181}, {"at_s": -1}, at_a_reply, {"text": " "}, {"text": "x" * 2001}):
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
        hide_comment(comment_id)
    assert client.patch(path, json={"text": "x"}, headers=as_mira).status_code == 403
    with app.app_context():
        restore_comment(comment_id)
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
        assert tuple(left[0]) == (first, "", None)
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
        hide_comment(comment_id)
    for headers, seen in ((as_mira, ["Rude"]), (as_moderator, ["Rude"]), (as_ada, []), (None, [])):
        found = client.get(f"/api/songs/{song_id}/comments", headers=headers).json["data"]
        assert [one["text"] for one in found] == seen
        assert ('data-moment="10.0"' in client.get(f"/songs/{song_id}", headers=headers).text) == bool(seen)
    assert say(as_ada, "?", reply_to=comment_id).status_code == 404
    with app.app_context():
        restore_comment(comment_id)
    assert len(client.get(f"/api/songs/{song_id}/comments").json["data"]) == 1


def test_each_person_hears_of_a_comment_once_by_its_nearest_reason_and_never_of_ones_own(
    app: Flask, client: FlaskClient, nils: Somebody, mira: Somebody, ada: Somebody, as_nils: Headers, as_mira: Headers,
    as_ada: Headers, say: Callable[..., TestResponse],
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
    set_song(app, reply["subject"]["id"], published_at=None)
    say(as_nils, "@Ada Quist, only we see this now", reply_to=first)
    assert (len(alerts(app, mira)), alerts(app, ada)) == (2, [])


def test_of_namesakes_who_was_chosen_is_meant() -> None:
    people = [(1, "Ada"), (2, "Ada Quist"), (3, "ada"), (4, "Ådne 2")]
    assert mentions_in("@Ada hello", people) == [1]
    assert mentions_in("@Ada hello", people, [3]) == [3]
    assert mentions_in("@ada quist, @ÅDNE 2! @Adam mail@ada", people, [1]) == [2, 4]


def test_who_else_publishes_as_an_artist_is_named_by_nobody_before_they_write(
    app: Flask, client: FlaskClient, nils: Somebody, ada: Somebody, as_ada: Headers, mira: Somebody, as_mira: Headers,
    song_id: int, say: Callable[..., TestResponse],
) -> None:  # fmt: skip
    with app.app_context(), writing() as unit:
        unit.add(ArtistMember(artist_id=unit.get_one(Song, song_id).artist_id, user_id=ada.id))
    browser = app.test_client()
    sign_in(browser, mira)

    def people() -> list[str]:
        return [one["name"] for one in browser.get(f"/comments/song/{song_id}/people").json["data"]]

    assert people() == ["Nils Hollar"]
    assert say(as_mira, "@Ada Quist?").json["data"]["mentions"] == []
    assert alerts(app, ada) == [("catalog.comment", "Mira commented on “Neap”.")]
    say(as_ada, "Yes")
    assert people() == ["Nils Hollar", "Ada Quist"]


def test_names_are_found_where_they_are_marked_and_nowhere_else() -> None:
    people = [(1, "Ada"), (2, "Ada Quist")]
    for text in ("https://social.example/@Ada", "@Ada_", "x@Ada", "@Adam"):
        assert (mentions_in(text, people), linked(text, ["Ada"]).count("<b ")) == ([], 0), text
    for text in ("https://a.example, @ADA", "(@Ada)", "@Ada's"):
        assert (mentions_in(text, people), linked(text, ["Ada"]).count("<b ")) == ([1], 1), text


def test_a_comment_that_has_the_number_of_one_long_gone_is_told_of_too(
    app: Flask, client: FlaskClient, nils: Somebody, as_mira: Headers, say: Callable[..., TestResponse]
) -> None:
    first = say(as_mira, "One").json["data"]["id"]
    client.delete(f"/api/comments/{first}", headers=as_mira)
    grow_older(app, first, timedelta(hours=2))
    with app.app_context():
        forget_deleted()
    say(as_mira, "Two")
    assert len(alerts(app, nils)) == 2


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
    assert refused.json["message"] == "Those were many comments. Write the next one in 10 min."
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


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<script>alert(1)</script> & 'x'", "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#39;x&#39;"),
        ("javascript:alert(1) data:text/html,x //evil.example", "javascript:alert(1) data:text/html,x //evil.example"),
        ('https://a.example/"onload="x', '{https://a.example/}&#34;onload=&#34;x'),
        ("see (https://a.example/b(c)), https://d.example.", "see ({https://a.example/b(c)}), {https://d.example}."),
        ("https://a.example/?q=1&r=<b>", "{https://a.example/?q=1&amp;r=}&lt;b&gt;"),
        ("https://bank.example@evil.example/", "https://bank.example@evil.example/"),
        ("http:///nowhere https://x]y/", "http:///nowhere https://x]y/"),
        ("xhttps://a.example HTTPS://B.example", "xhttps://a.example {HTTPS://B.example}"),
        ("a\u202egpj.exe\u2066 https://a.example/\u202egpj", "agpj.exe {https://a.example/gpj}"),
        ("one\ntwo", "one\ntwo"),
        ("x" * 1999, "x" * 1999),
        ("@ADA <b>@Ada Quist</b> @Adam x@Ada", "[@ADA] &lt;b&gt;[@Ada Quist]&lt;/b&gt; @Adam x@Ada"),
        ("https://a.example/@Ada @.*", "{https://a.example/@Ada} @.*"),
    ],
)  # fmt: skip
def test_words_of_strangers_become_text_links_and_names_and_nothing_else(text: str, html: str) -> None:
    link = r'<a href="\1" rel="nofollow ugc noopener" target="_blank">\1</a>'
    named = re.sub(r"\[(@.*?)\]", r'<b class="named">\1</b>', html)
    assert str(linked(text, ["Ada", "Ada Quist", "Zoë"])) == re.sub(r"\{(.*?)\}", link, named)


def test_long_addresses_are_shown_in_short_and_lead_where_they_say() -> None:
    address = "https://a.example/" + "b" * 400
    assert str(linked(address)).startswith(f'<a href="{address}" ')
    assert str(linked(address)).endswith(f">{address[:59]}…</a>")


def test_all_of_it_is_done_on_pages_without_scripts(
    app: Flask, mira: Somebody, song_id: int, visitor: FlaskClient
) -> None:
    browser = app.test_client()
    sign_in(browser, mira)
    path = f"/comments/song/{song_id}"
    for nothing in ("/comments/artist/1", "/comments/x/1", "/comments/9", "/comments/song/99999999999"):
        assert visitor.get(nothing).status_code == 404
    assert f'href="{path}"' in visitor.get(f"/songs/{song_id}").text
    assert "Log in" in visitor.get(path).text
    assert "/login" in visitor.post(path, data={"text": "x"}).headers["Location"]
    wrong = post(browser, path, {"text": "x", "at_s": "4:00"})
    assert (wrong.status_code, "The song lasts 3:00" in wrong.text) == (422, True)
    assert "A moment such as" in post(browser, path, {"text": "x", "at_s": "soon"}).text
    made = post(browser, path, {"text": "Listen: <i>here</i>", "at_s": "1:23"})
    page = browser.get(made.headers["Location"])
    assert "&lt;i&gt;here&lt;/i&gt;" in page.text
    assert 'data-moment="83.0"' in page.text
    assert 'aria-label="1:23: Listen: &lt;i&gt;here&lt;/i&gt;"' in visitor.get(f"/songs/{song_id}").text
    comment_id = int(made.headers["Location"].rpartition("=")[2])
    replied = post(browser, f"/comments/{comment_id}/reply", {"text": "And there"})
    assert "And there" in visitor.get(replied.headers["Location"]).text
    assert "Listen" in browser.get(f"/comments/{comment_id}/edit").text
    post(browser, f"/comments/{comment_id}/edit", {"text": "Look"})
    assert [word in visitor.get(path).text for word in ("Listen", "Look", "edited")] == [False, True, True]
    gone = post(browser, f"/comments/{comment_id}/delete")
    offered = browser.get(gone.headers["Location"]).text
    assert f'action="/comments/{comment_id}/restore"' in offered
    assert f'action="/comments/{comment_id}/restore"' not in browser.get(gone.headers["Location"]).text
    back = post(browser, f"/comments/{comment_id}/restore")
    assert "Look" in visitor.get(back.headers["Location"]).text


def test_pages_of_comments_go_on_where_they_ended_and_cost_the_same_however_many_there_are(
    app: Flask, client: FlaskClient, nils: Somebody, as_mira: Headers, mira: Somebody, song_id: int
) -> None:
    _, [album_id] = fill_catalogue(app, nils.id, albums=1, songs_each=1)

    def fill(threads: int, replies: int) -> None:
        with app.app_context(), writing() as unit:
            about = {"subject_kind": "song", "subject_id": song_id, "author_id": mira.id}
            made = [Comment(**about, text=f"{n}", at_s=n % 180 + 0.5 if n % 2 else None) for n in range(threads)]
            unit.add_all(made)
            unit.flush()
            unit.add_all([Comment(**about, text="r", parent_id=one.id) for one in made for _ in range(replies)])

    def cost(path: str) -> int:
        client.get(path, headers=as_mira)
        with Counted(app) as counted:
            assert client.get(path, headers=as_mira).status_code == 200
        return len([one for one in counted.statements if " site_" not in one])

    paths = [f"/comments/song/{song_id}", f"/api/songs/{song_id}/comments", f"/songs/{song_id}"]
    paths += [f"/api/songs/{song_id}/comments?sort=moment", f"/albums/{album_id}", "/comments/1"]
    fill(2, 1)
    few = [cost(path) for path in paths]
    fill(60, 12)
    assert [cost(path) for path in paths] == few
    assert few[1] <= 5
    for sort, count in (("newest", 62), ("moment", 31)):
        seen: list[dict[str, Any]] = []
        cursor = ""
        while cursor is not None:
            page = client.get(f"/api/songs/{song_id}/comments?sort={sort}&limit=9{cursor and f'&cursor={cursor}'}").json
            seen, cursor = seen + page["data"], page["next"]
        assert len({one["id"] for one in seen}) == len(seen) == count
        assert {(len(one["replies"]), one["replies_count"]) for one in seen} == {(1, 1), (10, 12)}
    assert [one["at_s"] for one in seen] == sorted(one["at_s"] for one in seen)
    listed = client.get(f"/comments/song/{song_id}").text
    older = re.search(r'<turbo-frame id="(older-[^"]+)"><p class="pager"><a class="btn" href="([^"]+)"', listed)
    assert older is not None
    assert f'<turbo-frame id="{older[1]}">' in client.get(older[2].replace("&amp;", "&")).text


def test_comments_go_with_what_they_are_about(
    app: Flask, client: FlaskClient, nils: Somebody, as_nils: Headers, as_mira: Headers, song_id: int,
    say: Callable[..., TestResponse],
) -> None:  # fmt: skip
    _, [album_id] = fill_catalogue(app, nils.id, albums=1, songs_each=0)
    say(as_mira, "@Nils Hollar, fine")
    for said, status in (({"text": "x", "at_s": 1}, 422), ({"text": "x"}, 201)):
        assert client.post(f"/api/albums/{album_id}/comments", json=said, headers=as_mira).status_code == status
    for path in (f"/api/songs/{song_id}", f"/api/albums/{album_id}"):
        client.delete(path, headers=as_nils)
        assert client.get(f"{path}/comments", headers=as_mira).status_code == 404
    long_ago = now() - timedelta(days=32)
    set_song(app, song_id, deleted_at=long_ago)
    set_album(app, album_id, deleted_at=long_ago)
    with app.app_context():
        removing.purge()
        assert db.session.scalar(sa.select(sa.func.count(Comment.id))) == 0
