"""Calls of every route, with what a real program would send, and what they are told in one word."""

import io
from collections.abc import Callable
from typing import Any

from flask import Flask
from PIL import Image
from werkzeug.test import TestResponse

from tests.people import csrf_token
from tests.permissions.table import Line, routes
from tests.permissions.world import World


def picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (128, 128), "teal").save(written, "PNG")
    return written.getvalue()


# What a call must say to get as far as the question whether its caller may do that; elsewhere nothing needs be said.
SAID: dict[str, dict[str, Any]] = {
    "PATCH /api/comments/<comment_id>": {"json": {"text": "Else."}},
    "POST /comments/<comment_id>/edit": {"data": {"text": "Else."}},
    "POST /comments/<kind>/<subject_id>": {"data": {"text": "Lovely."}},
    "POST /api/songs/<song_id>/comments": {"json": {"text": "Lovely."}},
    "POST /api/albums/<album_id>/comments": {"json": {"text": "Lovely."}},
    "POST /api/playlists/<playlist_id>/comments": {"json": {"text": "Lovely."}},
    "PUT /api/songs/<song_id>/rating": {"json": {"stars": 5}},
    "POST /songs/<song_id>/rating": {"data": {"stars": "5"}},
    "POST /api/albums/<album_id>/songs": {"json": {"songs": [1]}},
    "GET /api/stats/artist": {"query_string": {"artist": 1}},
    "PATCH /api/uploads/<upload_id>": {
        "data": b"",
        "headers": {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"},
    },
    "DELETE /api/uploads/<upload_id>": {"headers": {"Tus-Resumable": "1.0.0"}},
    "POST /api/playlists/<playlist_id>/collaborators": {"json": {"name": "Listener", "role": "editor"}},
    "PUT /api/playlists/<playlist_id>/cover": {"data": {"cover": (picture(), "cover.png")}},
    "POST /api/playlists/<playlist_id>/entries/move": {"json": {"entries": ["entry_id"], "before": None}},
    "POST /api/playlists/<playlist_id>/entries/remove": {"json": {"entries": ["entry_id"]}},
    "POST /api/playlists/<playlist_id>/entries/restore": {"json": {"entries": ["entry_id"]}},
    "POST /api/playlists/<playlist_id>/songs": {"json": {"songs": [1]}},
    "PUT /api/playlists/<playlist_id>/songs": {"json": {"entries": [1]}},
    "POST /playlists/<playlist_id>/entries/<entry_id>": {"data": {"act": "remove"}},
    "POST /playlists/<playlist_id>/invitations": {"data": {"role": "editor"}},
    "POST /imports/<name>": {"data": {"sheet": (b"id,title\n", "songs.csv")}},
    "POST /playlists/<playlist_id>/people": {"data": {"name": "Listener", "role": "editor"}},
    "POST /playlists/<playlist_id>/people/<person_id>/role": {"data": {"role": "viewer"}},
    "POST /share/<kind>/<subject_id>": {"data": {"days": "7"}},
    "POST /studio/songs/<song_id>/lyrics": {"json": {"lyrics": "La."}},
    "POST /studio/songs/<song_id>/publish": {"data": {"rights": "y"}},
    "POST /studio/albums/<album_id>/publish": {"data": {"rights": "y"}},
    "POST /outbox/discard": {"query_string": {"of": "failed"}},
    "POST /outbox/resend": {"query_string": {"of": "failed"}},
    "POST /report/<kind>/<subject_id>": {"data": {"category": "spam"}},
    "POST /api/reports": {"json": {"kind": "song", "id": 1, "category": "spam"}},
    "POST /api/reports/<case_id>/appeal": {"json": {"text": "I was careful."}},
    "POST /decisions/<decision_id>/appeal": {"data": {"words": "I was careful."}},
    "POST /moderation/decisions/<decision_id>/answer": {"data": {"upheld": "no", "reason": "So be it."}},
    "POST /settings/<name>/reset": {"data": {"setting": "away_days"}},
    "GET /statistics/queue": {"query_string": {"first": "2026-09-30", "last": "2026-10-29"}},
}


# What refuses need not be drawn as a page.
REFUSED_BRIEFLY = {"Accept": "application/json, text/html;q=0.9"}


class Calls:
    """The whole site, called as one kind of person; what a call changes is put back before the next."""

    def __init__(self, app: Flask, world: World, person: str, put_back: Callable[[], None]) -> None:
        self.app = app
        self.routes = routes(app)
        self.world, self.headers, self.put_back = world, world.headers[person], put_back
        client = app.test_client()
        self.csrf_token = csrf_token(client)
        cookie = client.get_cookie(app.config["SESSION_COOKIE_NAME"])
        assert cookie is not None
        self.cookie = cookie.key, cookie.value

    def told(self, line: Line) -> str:
        """What the route of a line answers: yes, log in, no or 404; a failure is told by its number."""
        rule = self.routes[line.method, line.path]
        named = self.world.params(line.of)
        params = {name: value for name, value in named.items() if name in rule.arguments}
        built = rule.build(params)
        assert built is not None, f"{line} names something that this test does not know"
        said = SAID.get(f"{line.method} {line.path}", {})
        if "entry_id" in said.get("json", {}).get("entries", ()):
            said = {"json": {**said["json"], "entries": [named["entry_id"]]}}
        if not said and line.method != "GET" and line.path.startswith("/api/"):
            said = {"json": {}}
        headers = {"X-CSRFToken": self.csrf_token, **REFUSED_BRIEFLY, **self.headers, **said.get("headers", {})}
        sent = {**said, "headers": headers}
        if isinstance(said.get("data"), dict):
            sent["data"] = {name: opened(value) for name, value in said["data"].items()}
            sent["data"]["csrf_token"] = self.csrf_token
        client = self.app.test_client()
        client.set_cookie(*self.cookie)
        answer = client.open(built[1], method=line.method, **sent)
        answer.close()
        if line.method != "GET" and answer.status_code < 400:
            self.put_back()
        return in_a_word(answer)


def opened(value: Any) -> Any:
    """What is sent in a field of a form: a word, or a file of these bytes."""
    return (io.BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value


def in_a_word(answer: TestResponse) -> str:
    if answer.status_code == 401 or (answer.status_code in (302, 303) and answer.location.startswith("/login")):
        return "log in"
    if answer.status_code >= 500:
        return str(answer.status_code)
    return {403: "no", 404: "404"}.get(answer.status_code, "yes")
