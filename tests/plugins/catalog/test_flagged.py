"""The claim that what moderators hide is nowhere, at once, in every process: all addresses of a running site are read
before and after, and with what was kept of the answers before."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from config import ROOT
from musicapp.database import writing
from musicapp.redis import EmbeddedRedis
from plugins.catalog.services import comments, moderating
from plugins.playlists.services import moderating as of_lists
from tests.browser.site import free_port
from tests.conftest import AppMaker, on_one_database
from tests.people import Somebody, bearer
from tests.plugins.catalog.marked import MARKERS, Marked, mark_site
from tests.plugins.catalog.walking import Reader, addresses, spelt

PATIENCE_S = 60


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[EmbeddedRedis]:
    with EmbeddedRedis(tmp_path / "instance") as running:
        yield running


@pytest.fixture
def app(make_app: AppMaker, redis: EmbeddedRedis) -> Flask:
    """The first process: the one in which moderators decide."""
    return make_app(redis_url=redis.address.url)


@pytest.fixture
def other_process(app: Flask, redis: EmbeddedRedis, database: str, tmp_path: Path) -> Iterator[int]:
    """The port of a second process, which answers readers."""
    port = free_port()
    environment = {
        **os.environ,
        "MUSICAPP_INSTANCE": str(tmp_path / "instance"),
        "MUSICAPP_DATABASE_URL": database,
        "MUSICAPP_REDIS_URL": redis.address.url,
        "MUSICAPP_LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "run", "--port", str(port), "--with-threads"]
    with (tmp_path / "site.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("The second process did not start.")


def hide(marked: Marked) -> None:
    """One decision about each: a song, an album, an artist, a playlist, a comment; each carries its music along."""
    moderating.hide_song(marked.ids["song"][0])
    moderating.hide_album(marked.ids["album"][0])
    moderating.hide_artist(marked.ids["artist"][0])
    of_lists.hide_playlist(marked.ids["playlist"][0])
    comments.hide_comment(marked.ids["comment"][0])


def show(marked: Marked) -> None:
    """The same decisions undone."""
    moderating.show_song(marked.ids["song"][0])
    moderating.show_album(marked.ids["album"][0])
    moderating.show_artist(marked.ids["artist"][0])
    of_lists.show_playlist(marked.ids["playlist"][0])
    comments.restore_comment(marked.ids["comment"][0])


def decide(app: Flask, act: Callable[[Marked], None], marked: Marked) -> None:
    with app.app_context(), writing():
        act(marked)


@pytest.mark.timeout(300)
@on_one_database
def test_what_is_flagged_is_nowhere_in_any_process(
    app: Flask, other_process: int, nils: Somebody, ada: Somebody, mira: Somebody
) -> None:
    marked = mark_site(app, app.test_client(), nils, ada, mira)
    people = {"visitor": {}, "listener": bearer(app, mira)}
    readers = {name: Reader(other_process, headers) for name, headers in people.items()}
    places = addresses(app, marked)
    before = {name: reader.walk(places) for name, reader in readers.items()}
    for name, found in before.items():
        assert len(found) >= 60 and {*MARKERS} <= {word for said in found.values() for word in said.split(", ")}, name
    decide(app, hide, marked)
    after = {name: reader.walk({one: places[one] for one in before[name]}) for name, reader in readers.items()}
    assert not any(after.values()), spelt(after)
    decide(app, show, marked)
    again = readers["visitor"].walk({one: places[one] for one in before["visitor"]})
    assert before["visitor"].keys() - again.keys() == set()
