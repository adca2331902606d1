"""What the front lets in and what it makes of the app's answers, called as an ASGI server calls it."""

import asyncio
import errno
import gzip
import json
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import BinaryIO

import pytest
from flask import Flask, Response, request
from starlette.types import Message
from werkzeug.datastructures import Headers

from musicapp.front import Front, Patience
from musicapp.front.limits import route_limits

MB = 1 << 20
SIGNED_IN = {"cookie": "theme=dark; session=somebody"}
TEXT = "words and more words " * 500


@dataclass
class Answer:
    status: int = 0
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = Headers([(name.decode(), value.decode()) for name, value in message["headers"]])
        self.body += message.get("body", b"")


def small_app() -> Flask:
    app = Flask(__name__)

    @app.route("/echo", methods=["GET", "POST"])
    def echo() -> dict[str, object]:
        body = request.get_data()
        return {"size": len(body), "headers": dict(request.headers), "query": request.query_string.decode()}

    @app.get("/text")
    def text() -> Response:
        response = Response(request.args.get("text", TEXT), mimetype=request.args.get("type", "text/html"))
        response.headers["Cache-Control"] = request.args.get("cache", "no-cache")
        response.set_etag("v1")
        return response

    @app.get("/streamed")
    def streamed() -> Response:
        return Response((b"part %d " % number for number in range(3)), mimetype="text/plain")

    @app.get("/name")
    def name() -> Response:
        return Response("never seen", headers={"X-Accel-Redirect": request.args["path"], "X-Kept": "yes"})

    @app.get("/broken")
    def broken() -> Response:
        return Response("", headers={"X-Broken": "é♫"})

    return app


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "media" / "audio").mkdir(parents=True)
    (tmp_path / "media" / "audio" / "song.mp3").write_bytes(b"sound")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "media" / "audio" / "way-out").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "media" / "folder-out").symlink_to(tmp_path)
    return tmp_path


@pytest.fixture
def make_front(folder: Path) -> Callable[..., Front]:
    def make(**settings: object) -> Front:
        chosen = {"limit_for": lambda _: 8 * MB, "spool_bytes": 20 * MB} | settings
        return Front(small_app(), roots={"media": folder / "media"}, spool_dir=folder / "spool", **chosen)  # type: ignore[arg-type]

    return make


async def pieces(body: Iterable[bytes], pause_s: float) -> AsyncIterator[Message]:
    for piece in body:
        yield {"type": "http.request", "body": piece, "more_body": True}
        await asyncio.sleep(pause_s)
    yield {"type": "http.request", "body": b"", "more_body": False}


async def ask(
    front: Front,
    path: str,
    method: str = "GET",
    *,
    headers: dict[str, str] | None = None,
    body: Iterable[bytes] | None = None,
    query: bytes = b"",
    pause_s: float = 0,
    leaves: bool = False,
) -> Answer:
    """One request; a body goes in pieces of unknown total length, and the client may leave after the last of them."""
    answer = Answer()
    raw = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    raw += [(b"transfer-encoding", b"chunked")] if body is not None and "content-length" not in (headers or {}) else []
    arriving = pieces(body or [], pause_s)

    async def receive() -> Message:
        message = await anext(arriving, None)
        if message is None:
            await asyncio.Event().wait()
        return message if message and (message["more_body"] or not leaves) else {"type": "http.disconnect"}

    path, _, in_path = path.partition("?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": method,
        "path": path,
        "query_string": query or in_path.encode(),
        "headers": raw,
    }
    await front(scope, receive, answer.send)
    return answer


def asked(front: Front, *args: object, **options: object) -> Answer:
    return asyncio.run(ask(front, *args, **options))  # type: ignore[arg-type]


def nothing_is_held(front: Front) -> bool:
    spool = front.spool
    return spool.disk.left_bytes == 20 * MB and spool.memory.left_bytes == 64 * MB and not list(spool.folder.iterdir())


def test_a_file_that_the_app_names_takes_the_place_of_its_answer(make_front: Callable[..., Front]) -> None:
    answer = asked(make_front(), "/name?path=/_files/media/audio/song.mp3")
    assert (answer.status, answer.body) == (200, b"sound")
    assert answer.headers["X-Kept"] == "yes"
    assert "X-Accel-Redirect" not in answer.headers


@pytest.mark.parametrize(
    "path",
    [
        "/_files/media/audio/way-out",
        "/_files/media/folder-out/secret.txt",
        "/_files/media/../secret.txt",
        "/_files/media/audio/../../secret.txt",
        "/_files/media/%252e%252e/secret.txt",
        "/_files/media//etc/passwd",
        "/_files/media/audio",
        "/_files/other/song.mp3",
        "/_files/",
        "/etc/passwd",
        "",
    ],
)
def test_nothing_outside_the_roots_is_sent(make_front: Callable[..., Front], path: str) -> None:
    answer = asked(make_front(), f"/name?path={path}")
    assert answer.status == 404
    assert b"secret" not in answer.body and b"root:" not in answer.body
    assert answer.headers["X-Kept"] == "yes"
    assert "X-Accel-Redirect" not in answer.headers


def test_a_client_gets_no_file_by_path_or_header(make_front: Callable[..., Front]) -> None:
    front = make_front()
    assert asked(front, "/_files/media/audio/song.mp3").status == 404
    spoofed = asked(front, "/echo", headers={"x-accel-redirect": "/_files/media/audio/song.mp3"})
    assert "X-Accel-Redirect" not in json.loads(spoofed.body)["headers"]


def test_headers_that_differ_only_by_an_underscore_do_not_reach_the_app(make_front: Callable[..., Front]) -> None:
    answer = asked(make_front(), "/echo", headers={"x-forwarded-for": "1.1.1.1", "x_forwarded_for": "6.6.6.6"})
    assert json.loads(answer.body)["headers"]["X-Forwarded-For"] == "1.1.1.1"


def test_raw_bytes_in_a_query_reach_the_app_encoded(make_front: Callable[..., Front]) -> None:
    assert json.loads(asked(make_front(), "/echo", query=b"q=\xc3\xa9&r=%20").body)["query"] == "q=%C3%A9&r=%20"


@pytest.mark.parametrize("size_bytes", [0, 10, MB, MB + 1, 7 * MB])
def test_a_body_arrives_whole_whatever_its_length(make_front: Callable[..., Front], size_bytes: int) -> None:
    front = make_front()
    body = [bytes(min(100_000, size_bytes - at)) for at in range(0, size_bytes, 100_000)]
    answer = asked(front, "/echo", "POST", headers=SIGNED_IN, body=body)
    assert json.loads(answer.body)["size"] == size_bytes
    assert nothing_is_held(front)


def test_a_body_over_the_limit_of_its_route_is_413(make_front: Callable[..., Front]) -> None:
    front = make_front(limit_for=lambda scope: 3 * MB if scope["path"] == "/echo" else 100)
    declared = asked(front, "/echo", "POST", headers=SIGNED_IN | {"content-length": str(4 * MB)}, body=[])
    undeclared = asked(front, "/echo", "POST", headers=SIGNED_IN, body=[bytes(MB)] * 4)
    assert (declared.status, undeclared.status) == (413, 413)
    assert "at most 3 MB" in declared.body.decode()
    assert nothing_is_held(front)
    assert asked(front, "/echo", "POST", headers=SIGNED_IN, body=[bytes(MB)] * 3).status == 200


def test_who_shows_no_sign_in_may_send_one_megabyte(make_front: Callable[..., Front]) -> None:
    front = make_front()
    body = [bytes(MB), b"!"]
    assert asked(front, "/echo", "POST", body=body).status == 413
    assert asked(front, "/echo", "POST", body=body, headers={"cookie": "theme=session"}).status == 413
    for sign_in in (SIGNED_IN, {"authorization": "Bearer x"}, {"authentication-token": "x"}):
        assert asked(front, "/echo", "POST", body=body, headers=sign_in).status == 200


def test_a_refusal_is_json_for_programs_and_a_page_for_people(make_front: Callable[..., Front]) -> None:
    front = make_front(limit_for=lambda _: 10)
    for_programs = asked(front, "/api/songs", "POST", body=[bytes(11)])
    assert json.loads(for_programs.body) == {
        "message": "That is too much to send: at most 10 bytes are allowed here.",
        "errors": {},
    }
    page = asked(front, "/songs", "POST", body=[bytes(11)], headers={"accept": "text/html"})
    assert page.headers["Content-Type"].startswith("text/html")
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_all_uploads_together_keep_to_the_budget_of_the_disk(make_front: Callable[..., Front]) -> None:
    front = make_front(spool_bytes=20 * MB)
    upload = {"headers": SIGNED_IN, "body": [bytes(MB)] * 8, "pause_s": 0.01}

    async def three_at_once() -> list[Answer]:
        return await asyncio.gather(*(ask(front, "/echo", "POST", **upload) for _ in range(3)))  # type: ignore[arg-type]

    answers = asyncio.run(three_at_once())
    assert sorted(answer.status for answer in answers) == [200, 200, 503]
    assert [answer.headers["Retry-After"] for answer in answers if answer.status == 503] == ["60"]
    assert nothing_is_held(front)


def test_small_bodies_go_to_disk_when_together_they_fill_the_memory(make_front: Callable[..., Front]) -> None:
    front = make_front()
    front.spool.memory.left_bytes = 1000
    answer = asked(front, "/echo", "POST", body=[bytes(900), bytes(900)])
    assert json.loads(answer.body)["size"] == 1800
    assert front.spool.memory.left_bytes == 1000


def no_file(**_: object) -> BinaryIO:
    raise OSError(errno.EROFS, "Read-only file system")


def file_on_a_full_disk(**_: object) -> BinaryIO:
    return open("/dev/full", "r+b")


@pytest.mark.parametrize("body", [[bytes(2 * MB)], [bytes(900), bytes(900)]], ids=["long", "short"])
@pytest.mark.parametrize("make", [no_file, file_on_a_full_disk])
def test_a_disk_that_takes_nothing_is_told_as_it_is(
    make_front: Callable[..., Front],
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[..., BinaryIO],
    body: list[bytes],
) -> None:
    if make is file_on_a_full_disk and not Path("/dev/full").exists():
        pytest.skip("this system has no full disk to try")
    monkeypatch.setattr(tempfile, "TemporaryFile", make)
    front = make_front()
    front.spool.memory.left_bytes = 1000
    answer = asked(front, "/echo", "POST", headers=SIGNED_IN, body=body)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "600")
    assert b"takes nothing more" in answer.body
    assert (front.spool.disk.left_bytes, front.spool.memory.left_bytes) == (20 * MB, 1000)


@pytest.mark.parametrize(
    "patience",
    [Patience(idle_s=0.05), Patience(grace_s=0.3, slowest_bytes_per_s=1_000_000)],
    ids=["silent", "a trickle"],
)
def test_a_body_that_comes_too_slowly_is_408(make_front: Callable[..., Front], patience: Patience) -> None:
    front = make_front(patience=patience)
    answer = asked(front, "/echo", "POST", body=[b"slow"] * 10, pause_s=0.1)
    assert answer.status == 408
    assert nothing_is_held(front)


def test_a_client_who_leaves_in_the_middle_gets_no_answer_and_leaves_nothing(make_front: Callable[..., Front]) -> None:
    front = make_front()
    answer = asked(front, "/echo", "POST", headers=SIGNED_IN, body=[bytes(MB)] * 5, leaves=True)
    assert answer == Answer()
    assert nothing_is_held(front)


def test_text_is_compressed_for_who_reads_gzip(make_front: Callable[..., Front]) -> None:
    front = make_front()
    answer = asked(front, "/text", headers={"accept-encoding": "br, gzip;q=0.8"})
    assert gzip.decompress(answer.body).decode() == TEXT
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert answer.headers["ETag"] == 'W/"v1"'
    assert "Accept-Encoding" in answer.headers["Vary"]
    plain = asked(front, "/text", headers={"accept-encoding": "gzip;q=0"})
    assert plain.body.decode() == TEXT
    assert "Accept-Encoding" in plain.headers["Vary"]


@pytest.mark.parametrize("query", ["cache=no-store", "text=short", "type=audio/mpeg", "type=image/webp"])
def test_what_is_private_short_or_no_text_is_not_compressed(make_front: Callable[..., Front], query: str) -> None:
    answer = asked(make_front(), f"/text?{query}", headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers


def test_a_streamed_answer_arrives_in_order(make_front: Callable[..., Front]) -> None:
    assert asked(make_front(), "/streamed").body == b"part 0 part 1 part 2 "


def test_an_answer_that_cannot_be_sent_is_an_error_page(make_front: Callable[..., Front]) -> None:
    answer = asked(make_front(), "/broken")
    assert answer.status == 500
    assert "try again later" in answer.body.decode()


def test_websockets_are_refused_and_the_lifespan_is_answered(make_front: Callable[..., Front]) -> None:
    front = make_front()
    sent: list[Message] = []
    events = iter(["lifespan.startup", "lifespan.shutdown"])

    async def receive() -> Message:
        return {"type": next(events)}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(front({"type": "lifespan"}, receive, send))
    asyncio.run(front({"type": "websocket"}, receive, send))
    assert [message["type"] for message in sent] == [
        "lifespan.startup.complete",
        "lifespan.shutdown.complete",
        "websocket.close",
    ]


@pytest.mark.parametrize(
    ("method", "path", "limit_bytes"), [("POST", "/echo", 7 * MB), ("GET", "/text", MB), ("POST", "/nowhere", MB)]
)
def test_the_limit_is_what_the_route_declares(method: str, path: str, limit_bytes: int) -> None:
    app = small_app()
    app.extensions["musicapp"] = SimpleNamespace(max_body={"echo": 7 * MB, "text": MB}.__getitem__)
    assert route_limits(app)({"method": method, "path": path}) == limit_bytes
