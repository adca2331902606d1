"""What the docs show of uploads in pieces runs as it stands there."""

import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.serving import make_server

from tests.plugins.catalog.music import CHORD, Headers

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the site of this test answers."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_the_example_for_programs_uploads_a_song(app: Flask, address: str, as_nils: Headers) -> None:
    [script] = re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / "uploading.md").read_text(), re.DOTALL)
    said = {"SITE": address, "TOKEN": as_nils["Authorization"].removeprefix("Bearer "), "FILE": str(CHORD)}
    done = subprocess.run(
        ["sh", "-euc", script], env={**os.environ, **said}, capture_output=True, text=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    upload = json.loads(done.stdout)["data"]
    assert (upload["state"], upload["file_name"]) == ("processing", CHORD.name)
    assert upload["received_bytes"] == upload["size_bytes"] == CHORD.stat().st_size
