"""ffmpeg is fetched whole and unchanged, or not at all; a server on this machine plays the index."""

import hashlib
import io
import os
import subprocess
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from plugins.catalog.media import NotFetched, Wheel, fetch_ffmpeg, find_ffmpeg, wheel_here
from plugins.catalog.media.ffmpeg.wheels import WHEELS

PROGRAM = b"#!/bin/sh\necho ffmpeg of tests\n"
Index = Callable[[bytes], str]


def packed(members: dict[str, bytes]) -> bytes:
    """A package with these members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)
    return file.getvalue()


WHOLE = packed({"imageio_ffmpeg/__init__.py": b"", "imageio_ffmpeg/binaries/ffmpeg-any-v1": PROGRAM})


def wheel(url: str, content: bytes = WHOLE) -> Wheel:
    """The entry of a package."""
    return Wheel(url, len(content), hashlib.sha256(content).hexdigest())


@pytest.fixture
def index() -> Iterator[Index]:
    """A server that gives what it is told to, at 100 KB/s after the first kilobyte."""
    served: dict[str, bytes] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = served["content"]
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            with suppress(BrokenPipeError, ConnectionResetError):
                for start in range(0, len(content), 10_000):
                    self.wfile.write(content[start : start + 10_000])
                    time.sleep(0.1 if start else 0)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def serve(content: bytes) -> str:
        served["content"] = content
        return f"http://127.0.0.1:{server.server_port}/ffmpeg.whl"

    yield serve
    server.shutdown()
    server.server_close()


def test_a_fetched_program_runs_and_is_found_from_then_on(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    tools = tmp_path / "tools"
    assert find_ffmpeg("", tools) is None
    program = fetch_ffmpeg(wheel(index(WHOLE)), tools)
    assert subprocess.run(["/bin/sh", program], capture_output=True, check=True).stdout == b"ffmpeg of tests\n"
    assert find_ffmpeg("", tools) == program and os.access(program, os.X_OK)
    assert os.listdir(tools) == [Path(program).name], "no parts are left"


@pytest.mark.parametrize(
    ("promised", "given", "why"),
    [
        (WHOLE, WHOLE[:-1] + b"x", "not the file that it should be"),
        (WHOLE, WHOLE + b"x", "larger than it should be"),
        (WHOLE, WHOLE[:200], "not the file that it should be"),
        (b"no package", b"no package", "not a zip file"),
        (empty := packed({"imageio_ffmpeg/__init__.py": b""}), empty, "does not hold the program"),
    ],
)
def test_anything_else_than_the_pinned_package_is_not_kept(
    promised: bytes, given: bytes, why: str, index: Index, tmp_path: Path
) -> None:
    with pytest.raises(NotFetched, match=rf"could not be fetched from http://127\.0\.0\.1:.*{why}"):
        fetch_ffmpeg(wheel(index(given), promised), tmp_path)
    assert os.listdir(tmp_path) == []


def test_an_index_that_dawdles_or_does_not_answer_is_given_up(index: Index, refusing: str, tmp_path: Path) -> None:
    long = WHOLE + bytes(3 << 20)
    begun = time.monotonic()
    with pytest.raises(NotFetched, match="took too long"):
        fetch_ffmpeg(wheel(index(long), long), tmp_path, in_all_s=0.3)
    with pytest.raises(NotFetched, match="refused"):
        fetch_ffmpeg(wheel(refusing.replace("redis:", "http:")), tmp_path)
    assert time.monotonic() - begun < 15 and os.listdir(tmp_path) == []


def test_a_program_that_the_owner_names_is_used_and_no_other(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.write_bytes(PROGRAM)
    assert find_ffmpeg(str(own), tmp_path) is None, "it cannot be run"
    own.chmod(0o755)
    assert find_ffmpeg(str(own), tmp_path) == str(own)


def test_every_package_is_pinned_by_hash_on_the_index_of_python() -> None:
    assert wheel_here() in (None, *WHEELS.values())
    for one in WHEELS.values():
        assert one.url.startswith("https://files.pythonhosted.org/packages/") and one.url.endswith(".whl")
        assert len(one.sha256) == 64 and one.size_bytes < 70_000_000
