"""Claims about what chats get: each service its own body, and words that call nobody whatever people write."""

import time
from typing import Any

import pytest
from flask import Flask

from plugins.reports.services.chats.kinds import SERVICES
from plugins.reports.services.chats.messages import Message, fitting, message_of, shortened
from plugins.reports.services.chats.signing import new_secret, signed
from tests.conftest import on_one_database
from tests.plugins.reports.chat_room import documented_example

NASTY = "@everyone <!channel> <users/all> *b* [x](https://evil.example) & `c` ||d||"


@pytest.fixture
def message(app: Flask) -> Message:
    """What a mean artist called an album."""
    with app.test_request_context(base_url="https://music.example"):
        lines = [NASTY, "See it: https://music.example/a_b"]
        return message_of(NASTY, lines, "/albums/7", "/albums/7/cover/600.webp?v=1")


@on_one_database
def test_each_service_gets_its_own_body_and_nobody_is_called(message: Message) -> None:
    bodies: dict[str, Any] = {name: service.body(message) for name, service in SERVICES.items()}
    for name, body in bodies.items():
        said = str(body)
        for call in ("@everyone", "<!channel>", "<users/all>"):
            assert call not in said, name
        assert "https://music.example/albums/7/cover/600.webp?v=1" in said
        assert said.count("https://music.example/albums/7'") >= 1 or "(https://music.example/albums/7)" in said
    widgets = bodies["google_chat"]["cardsV2"][0]["card"]["sections"][0]["widgets"]
    assert [next(iter(widget)) for widget in widgets] == ["textParagraph", "image", "buttonList"]
    assert "&amp; `c`" in widgets[0]["textParagraph"]["text"]
    assert '<a href="https://music.example/a_b">https://music.example/a_b</a>' in widgets[0]["textParagraph"]["text"]
    [slack] = bodies["slack"]["attachments"]
    assert (slack["title_link"], slack["mrkdwn_in"]) == ("https://music.example/albums/7", [])
    assert "&amp; `c`" in slack["title"]
    [mattermost] = bodies["mattermost"]["attachments"]
    assert r"\*b\* \[x\]" in mattermost["text"]
    assert mattermost["text"].endswith("https://music.example/a_b")
    [embed] = bodies["discord"]["embeds"]
    assert bodies["discord"]["allowed_mentions"] == {"parse": []}
    assert r"\*b\* \[x\]\(" in embed["title"]
    assert r"\|\|d\|\|" in embed["description"]
    assert bodies["webhook"]["lines"] == message.lines


def test_a_message_fits_into_every_service() -> None:
    assert len(shortened("x" * 500)) == 200
    assert sum(map(len, fitting(["word " * 20] * 100))) < 2_600
    assert fitting(["word " * 20] * 100)[-1] == "…"
    assert fitting(["a", "b"]) == ["a", "b"]


def test_the_documented_example_knows_what_is_genuine() -> None:
    is_genuine = documented_example()
    secret, at_s = new_secret(), int(time.time())
    headers = signed(secret, "post-7", at_s, b'{"title": "x"}')
    assert is_genuine(secret, headers, b'{"title": "x"}')
    assert not is_genuine(secret, headers, b'{"title": "y"}')
    assert not is_genuine(new_secret(), headers, b'{"title": "x"}')
    assert not is_genuine(secret, {**headers, "webhook-id": "post-8"}, b'{"title": "x"}')
    assert not is_genuine(secret, signed(secret, "post-7", at_s - 400, b"{}"), b"{}")


def test_a_signature_is_that_of_the_standard() -> None:
    """The example of the Standard Webhooks' own documentation."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    headers = signed(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
