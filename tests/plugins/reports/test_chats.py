"""Claims about chats: an owner sees what arrives, each post arrives once, and what fails is tried again and told."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import writing
from musicapp.jobs import claim
from musicapp.jobs.running import run
from musicapp.jobs.tries import LATE
from plugins.reports.models import ChatPost
from tests.conftest import on_one_database
from tests.musicapp.jobs.workplace import until
from tests.people import add_person, bearer, post, sign_in
from tests.plugins.auth.conftest import sent_by
from tests.plugins.catalog.music import retry_now, work
from tests.plugins.reports.chat_room import ChatRoom, documented_example


def test_the_owner_adds_a_chat_tries_it_changes_it_and_brings_it_back(room: ChatRoom) -> None:
    client = room.client
    sign_in(client, room.owner)
    assert "No chats yet" in client.get("/chats").text
    fields = {"service": "slack", "name": "Music room", "address": f"{room.sink.url}/hook/s3cret", "topics": "digest"}
    for wrong, words in [
        ("https://10.0.0.1/hook", "in a private network"),
        ("https://[::ffff:169.254.169.254]/hook", "in a private network"),
        ("https://1.1.1.1/hook", "no address of Slack"),
        ("http://1.1.1.1/hook", "read on their way"),
        ("https://me:secret@1.1.1.1/hook", "no name and no password"),
    ]:
        refused = post(client, "/chats/new", {**fields, "address": wrong})
        assert (refused.status_code, words in refused.text) == (422, True), wrong
    page = post(client, "/chats/new", fields).location
    assert post(client, f"{page}/test").status_code == 303
    assert "Queued" in client.get(page).text
    room.sink.answer(403, "invalid_token\nsecond line")
    work(room.app)
    shown = client.get(page).text
    assert [words in shown for words in ("invalid_token", "Send again", "/…cret")] == [True] * 3
    assert [words in shown for words in ("second line", "s3cret", "takes no posts")] == [False] * 3
    assert post(client, f"{page}/edit", {"name": "Another room", "topics": "digest"}).status_code == 303
    assert post(client, f"{page}/edit", {"name": "", "topics": "nothing"}).status_code == 422
    post(client, f"{page}/off")
    assert "Nothing is posted there since" in client.get(page).text
    post(client, f"{page}/on")
    post(client, f"{page}/delete")
    assert "“Another room” is deleted" in client.get("/chats").text
    assert client.get(page).status_code == 404
    post(client, f"{page}/restore")
    assert "Another room" in client.get(page).text
    stranger = room.app.test_client()
    assert stranger.get("/api/chats", headers=bearer(room.app, add_person(room.app, "Mira"))).status_code == 403


def test_what_fails_for_a_while_is_tried_again_and_what_is_gone_is_not(room: ChatRoom) -> None:
    chat_id = room.add()
    room.tell(chat_id, "a")
    room.sink.answer(429, "slow down", Retry_After="7200")
    work(room.app)
    [row] = room.posts(chat_id)
    assert (row["state"], row["status"], row["answer"], row["attempts"]) == ("retrying", 429, "slow down", 1)
    assert timedelta(minutes=118) < room.next_try() - now() <= timedelta(minutes=120)
    room.sink.answer(503, "<html>busy")
    retry_now(room.app)
    work(room.app)
    assert timedelta(minutes=4) < room.next_try() - now() < timedelta(minutes=6)
    retry_now(room.app)
    work(room.app)
    [row] = room.posts(chat_id)
    assert (row["state"], row["status"], row["attempts"], len(room.sink.taken)) == ("sent", 200, 3, 3)
    room.tell(chat_id, "b")
    room.sink.answer(410, '{"error": {"code": 410, "message": "no_service"}}')
    work(room.app)
    row = room.posts(chat_id)[0]
    assert (row["state"], row["answer"]) == ("failed", "The chat is gone, or its address was taken back. no_service")
    assert room.ask(f"{chat_id}/posts/{row['id']}/resend") == 202
    work(room.app)
    assert room.posts(chat_id)[0]["state"] == "sent"
    assert room.ask(f"{chat_id}/posts/{row['id']}/resend") == 409
    room.tell(chat_id, "c")
    room.sink.answer(302, "", Location="http://169.254.169.254/")
    work(room.app)
    row = room.posts(chat_id)[0]
    assert (row["state"], row["status"], len(room.sink.taken)) == ("failed", 302, 6)
    room.tell(chat_id, "d")
    row = room.posts(chat_id)[0]
    assert room.ask(f"{chat_id}/posts/{row['id']}/resend") == 409
    room.cancel_next_try()
    assert room.ask(f"{chat_id}/posts/{row['id']}/resend") == 202
    work(room.app)
    assert room.posts(chat_id)[0]["state"] == "sent"


def test_a_post_that_is_under_way_when_its_chat_is_switched_off_arrives_once(room: ChatRoom) -> None:
    chat_id = room.add()
    room.tell(chat_id, "a")
    room.sink.gate.clear()
    with ThreadPoolExecutor(1) as worker:
        sending = worker.submit(work, room.app)
        try:
            assert until(lambda: room.sink.taken, 30)
            assert room.ask(f"{chat_id}/off") == 200
            [row] = room.posts(chat_id)
            again = room.ask(f"{chat_id}/posts/{row['id']}/resend")
        finally:
            room.sink.gate.set()
        sending.result()
    assert (row["state"], again) == ("failed", 409)
    work(room.app)
    assert ([row["state"] for row in room.posts(chat_id)], len(room.sink.taken)) == (["sent"], 1)


@on_one_database
def test_a_post_that_nobody_will_try_is_offered_again_when_it_is_late(room: ChatRoom) -> None:
    chat_id = room.add()
    room.tell(chat_id, "a")
    room.cancel_next_try()
    sign_in(room.client, room.owner)
    page = f"/chats/{chat_id}"
    assert "Send again" not in room.client.get(page).text
    with room.app.app_context(), writing() as unit:
        unit.execute(sa.update(ChatPost).values(next_at=now() - LATE))
    [offered] = re.findall(r'action="([^"]+/resend)"', room.client.get(page).text)
    assert post(room.client, offered).status_code == 303
    work(room.app)
    assert room.posts(chat_id)[0]["state"] == "sent"


def test_a_chat_that_fails_for_three_days_is_switched_off_and_its_owner_told(room: ChatRoom) -> None:
    chat_id = room.add()
    for number in range(2):
        room.tell(chat_id, f"a{number}")
        room.sink.answer(500, "broken")
    work(room.app)
    assert chat_of(room)["failing_since"] is not None
    room.change(chat_id, failing_since=now() - timedelta(days=2, hours=23))
    room.sink.answer(500, "broken")
    room.sink.answer(500, "broken")
    retry_now(room.app)
    work(room.app)
    assert chat_of(room)["off_at"] is None
    room.change(chat_id, failing_since=now() - timedelta(days=3))
    room.sink.answer(503, "still broken")
    retry_now(room.app)
    told = sent_by(room.app)
    chat = chat_of(room)
    assert (chat["off_at"] is not None, chat["off_because"]) == (True, "503 still broken")
    assert [row["state"] for row in room.posts(chat_id)] == ["failed", "failed"]
    assert len(room.sink.taken) == 5  # the other post was not even tried
    [alert] = room.client.get("/api/inbox", headers=room.as_owner).json["data"]
    assert (alert["kind"], alert["url"]) == ("reports.chat_off", f"/chats/{chat_id}")
    assert ["“Music room” took no posts for three days" in mail.body for mail in told] == [True]
    assert room.ask(f"{chat_id}/on") == 200
    room.tell(chat_id, "b")
    work(room.app)
    assert room.posts(chat_id)[0]["state"] == "sent"
    assert chat_of(room)["failing_since"] is None


def chat_of(room: ChatRoom) -> Any:
    [chat] = room.client.get("/api/chats", headers=room.as_owner).json["data"]["chats"]
    return chat


def test_a_job_that_is_rung_ten_times_posts_once(room: ChatRoom) -> None:
    chat_id = room.add()
    for _ in range(3):
        room.tell(chat_id, "the same key")

    def ring(_number: int) -> None:
        with room.app.app_context():
            while held := claim():
                run(held)

    with ThreadPoolExecutor(10) as workers:
        list(workers.map(ring, range(10)))
    assert (len(room.sink.taken), room.count_posts("sent")) == (1, 1)


def test_a_program_can_tell_that_the_site_sent_it_and_that_it_was_sent_before(room: ChatRoom) -> None:
    chat_id = room.add(service="webhook")
    assert room.secret is not None
    room.tell(chat_id, "a", "“Neap Tide” is out.")
    room.sink.answer(500)
    work(room.app)
    retry_now(room.app)
    work(room.app)
    first, second = room.sink.taken
    is_genuine = documented_example()
    assert is_genuine(room.secret, second.headers, second.body)
    assert not is_genuine(room.secret, second.headers, second.body + b" ")
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert (second.json["title"], second.json["topic"]) == ("“Neap Tide” is out.", "catalog.releases")
    assert room.secret not in room.client.get("/api/chats", headers=room.as_owner).text


def test_an_address_that_was_public_once_is_checked_again_before_each_post(room: ChatRoom) -> None:
    chat_id = room.add()
    room.app.config["REACH_PRIVATE"] = []
    room.tell(chat_id, "a")
    work(room.app)
    [row] = room.posts(chat_id)
    assert (row["state"], "private network" in row["answer"], room.sink.taken) == ("failed", True, [])
