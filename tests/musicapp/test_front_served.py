"""The front under its real server, and stored files as any server sends them."""

import contextlib
import hashlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from musicapp.storage import Store

MB = 1 << 20
ROOT = Path(__file__).parents[2]
SONG = bytes(range(256)) * 4000
SIGNED_IN = {"Cookie": "session=somebody"}
SITE = "tests.musicapp.small_site"
SERVERS = {
    "front": f"granian --interface asgi --http 1 --no-ws --log-level error --factory {SITE}:create_front --port",
    "wsgi": f"flask --app {SITE}:create_app run --port",
}


@dataclass
class Site:
    """A served site, its folder and the process that serves it."""

    port: int
    instance: Path
    process: subprocess.Popen[bytes]
    song: str = ""

    def ask(
        self, path: str, method: str = "GET", body: object = None, **headers: str
    ) -> tuple[http.client.HTTPResponse, bytes]:
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body=body, headers=named)  # type: ignore[arg-type]
            response = connection.getresponse()
            return response, response.read()

    def socket(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=30)


@contextlib.contextmanager
def served(server: str, instance: Path) -> Iterator[Site]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", *SERVERS[server].split(), str(port)]
    environ = os.environ | {"SMALL_SITE": str(instance), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    site = Site(port, instance, process)
    try:
        wait_until(lambda: answers(site))
        yield site
    finally:
        process.terminate()
        process.wait(60)


def answers(site: Site) -> bool:
    try:
        return site.ask("/ping")[1] == b"pong"
    except OSError:
        return False


def wait_until(true: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "It did not come true in time."
        time.sleep(0.05)


def with_a_song(instance: Path) -> str:
    (instance / "source").write_bytes(SONG)
    with (instance / "source").open("rb") as stream:
        return Store(instance / "media").save(stream, kind="audio", suffix=".mp3").key


@pytest.fixture(scope="module", params=["front", "wsgi"])
def any_site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    instance = tmp_path_factory.mktemp("instance")
    song = with_a_song(instance)
    with served(request.param, instance) as site:
        site.song = f"/api/files/{song}"
        yield site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    instance = tmp_path_factory.mktemp("instance")
    song = with_a_song(instance)
    with served("front", instance) as site:
        site.song = f"/api/files/{song}"
        yield site


END = len(SONG) - 1


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-", 0, END),
        ("bytes=0-0", 0, 0),
        ("bytes=100-199", 100, 199),
        ("Bytes=100-199", 100, 199),
        ("bytes=1000000-", 1_000_000, END),
        ("bytes=-5", END - 4, END),
        (f"bytes=-{END + 100}", 0, END),
        (f"bytes={END}-{END + 100}", END, END),
    ],
)
def test_a_range_is_answered_with_just_these_bytes(any_site: Site, asked: str, first: int, last: int) -> None:
    response, body = any_site.ask(any_site.song, Range=asked)
    assert (response.status, body) == (206, SONG[first : last + 1])
    assert response.headers["Content-Range"] == f"bytes {first}-{last}/{len(SONG)}"
    assert response.headers["Content-Length"] == str(last - first + 1)
    assert response.headers["Content-Type"] == "audio/mpeg"


@pytest.mark.parametrize(
    "asked",
    ["bytes=5-2", "bytes=-", "bytes=a-b", "bytes", "items=0-5", "bytes=0-1,5-6", "bytes=" + ",".join(["0-"] * 500)],
)
def test_a_malformed_or_multiple_range_gets_the_whole_file(any_site: Site, asked: str) -> None:
    response, body = any_site.ask(any_site.song, Range=asked)
    assert (response.status, body) == (200, SONG)


@pytest.mark.parametrize("asked", [f"bytes={len(SONG)}-", "bytes=99999999999999999999-", "bytes=-0"])
def test_a_range_outside_the_file_is_416_with_its_length(any_site: Site, asked: str) -> None:
    response, body = any_site.ask(any_site.song, Range=asked)
    assert response.status == 416
    assert response.headers["Content-Range"] == f"bytes */{len(SONG)}"
    assert b"shorter than the part" in body


def test_the_whole_file_is_described_and_carries_the_headers_of_the_app(any_site: Site) -> None:
    response, body = any_site.ask(any_site.song)
    assert (response.status, body) == (200, SONG)
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["ETag"] == '"v1"'
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "X-Accel-Redirect" not in response.headers
    assert len(response.headers.get_all("Content-Length")) == 1


def test_head_describes_the_file_without_sending_it(any_site: Site) -> None:
    response, body = any_site.ask(any_site.song, "HEAD", Range="bytes=0-9")
    assert (response.status, body) == (200, b"")
    assert response.headers["Content-Length"] == str(len(SONG))


def test_an_unchanged_file_is_304_even_when_a_range_is_asked(any_site: Site) -> None:
    response, body = any_site.ask(any_site.song, If_None_Match='"other", W/"v1"', Range="bytes=0-9")
    assert (response.status, body) == (304, b"")
    assert any_site.ask(any_site.song, If_None_Match='"other"')[0].status == 200
    modified = any_site.ask(any_site.song)[0].headers["Last-Modified"]
    assert any_site.ask(any_site.song, If_Modified_Since=modified)[0].status == 304


@pytest.mark.parametrize(("version", "status"), [('"v1"', 206), ('"v0"', 200), ('W/"v1"', 200), ("nonsense", 200)])
def test_if_range_gives_the_part_only_of_the_same_version(any_site: Site, version: str, status: int) -> None:
    assert any_site.ask(any_site.song, Range="bytes=0-9", If_Range=version)[0].status == status
    modified = any_site.ask(any_site.song)[0].headers["Last-Modified"]
    assert any_site.ask(any_site.song, Range="bytes=0-9", If_Range=modified)[0].status == 206


def test_a_download_keeps_its_name_in_any_script(any_site: Site) -> None:
    response, _ = any_site.ask(any_site.song + "?name=H%C3%A9lo%22%0D%0ASet-Cookie:x%E2%99%AB.mp3")
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename=")
    assert "H%C3%A9lo" in disposition and "%E2%99%AB.mp3" in disposition
    assert response.headers["Set-Cookie"] is None


@pytest.mark.parametrize("key", ["audio/00/none.mp3", "../source", "audio/%2e%2e/%2e%2e/source", "parts/x.part"])
def test_what_is_not_stored_is_404(any_site: Site, key: str) -> None:
    assert any_site.ask(f"/api/files/{key}")[0].status == 404


def test_small_requests_are_answered_while_slow_uploads_arrive(site: Site) -> None:
    uploads = [site.socket() for _ in range(40)]
    for upload in uploads:
        upload.sendall(b"POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 30000\r\n\r\n")
    slowest_s = 0.0
    for _ in range(10):
        for upload in uploads:
            upload.sendall(bytes(3000))
        began = time.monotonic()
        assert site.ask("/ping")[1] == b"pong"
        slowest_s = max(slowest_s, time.monotonic() - began)
    finished = [upload.recv(12) for upload in uploads]
    for upload in uploads:
        upload.close()
    assert finished == [b"HTTP/1.1 200"] * 40
    assert slowest_s < 5  # behind the uploads it would wait for all of them


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_big_upload_arrives_whole_and_leaves_neither_memory_nor_disk_taken(site: Site) -> None:
    big = os.urandom(MB) * 50
    before = memory_bytes(site)
    response, body = site.ask("/upload", "POST", body=big, **SIGNED_IN)
    assert response.status == 200
    assert hashlib.sha256(big).hexdigest() in body.decode()
    assert memory_bytes(site) - before < 20 * MB
    assert spooled(site) == []


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_an_aborted_upload_leaves_no_file(site: Site) -> None:
    with site.socket() as upload:
        upload.sendall(b"POST /upload HTTP/1.1\r\nHost: x\r\nCookie: session=x\r\nContent-Length: 9000000\r\n\r\n")
        upload.sendall(bytes(3 * MB))
        wait_until(lambda: spooled(site) != [])
    wait_until(lambda: spooled(site) == [])
    assert list((site.instance / "spool").iterdir()) == []


def test_a_listener_who_leaves_a_stream_frees_its_thread(site: Site) -> None:
    ended = site.instance / "endless-ended"
    for _ in range(3):
        ended.unlink(missing_ok=True)
        with site.socket() as stream:
            stream.sendall(b"GET /endless HTTP/1.1\r\nHost: x\r\n\r\n")
            assert stream.recv(1000)
            time.sleep(0.1)
        wait_until(ended.exists)
    assert site.ask("/ping")[1] == b"pong"


def test_a_refused_upload_is_told_why_although_it_was_sent_whole(site: Site) -> None:
    response, body = site.ask("/upload", "POST", body=bytes(8 * MB))
    assert response.status == 413
    assert b"at most 1 MB" in body


def test_a_query_of_raw_bytes_does_no_harm(site: Site) -> None:
    with site.socket() as raw:
        raw.sendall(b"GET /ping?q=\xc3\xa9\xff HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert raw.recv(12)[9:12] in (b"200", b"400")


def worker(site: Site) -> Path:
    main = site.process.pid
    child = Path(f"/proc/{main}/task/{main}/children").read_text().split()[0]
    return Path(f"/proc/{child}")


def memory_bytes(site: Site) -> int:
    """The most memory that the worker ever held."""
    lines = (worker(site) / "status").read_text().splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def spooled(site: Site) -> list[str]:
    """What the worker holds open in the spool folder, nameless files too."""
    opened = []
    for descriptor in (worker(site) / "fd").iterdir():
        with contextlib.suppress(OSError):
            opened.append(os.readlink(descriptor))
    return [path for path in opened if path.startswith(str(site.instance / "spool"))]
