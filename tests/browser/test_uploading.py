"""Uploads in a real Chromium go on: over a broken line, a killed server, a reload, and while one walks around."""

import os
import re
import signal
import wave
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.pages import accessible, fits
from tests.browser.site import RunningSite

NewPage = Callable[..., Page]
BYTES_PER_S = 3_000_000
PIECE_BYTES = 8 * 1024 * 1024
PATIENCE_MS = 90_000


@pytest.fixture
def desk(published: RunningSite, new_page: NewPage) -> Page:
    """The upload page, with a line that carries only so much."""
    page = new_page()
    people.log_in(page, published.url, "Marlo")
    page.goto(f"{published.url}/studio/upload")
    page.get_by_label("I made this music").check()
    slow_down(page)
    return page


def slow_down(page: Page) -> None:
    conditions = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": BYTES_PER_S}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", conditions)


def long_song(path: Path, seconds: int = 110) -> Path:
    """A WAV file of noise that takes some pieces."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(44_100)
        file.writeframes(os.urandom(seconds * 44_100 * 4))
    return path


def wait_for_percent(page: Page, name: str, least: int) -> None:
    """Until so much of a file is at the site."""
    shown = f"""() => [...document.querySelectorAll(".sent li")].some((line) => line.innerText.includes("{name}")
      && Number(line.innerText.match(/(\\d+) %/)?.[1]) >= {least})"""
    page.wait_for_function(shown, timeout=PATIENCE_MS)


def expect_ready(page: Page, *names: str) -> None:
    """Until these songs, called after their files, can be heard."""
    for name in names:
        line = page.locator(".sent li").filter(has_text=name)
        expect(line.get_by_text("Ready", exact=True)).to_be_visible(timeout=PATIENCE_MS)


def web_processes(site: RunningSite) -> list[int]:
    """The processes below the supervisor that answer requests; forks have its command line, and a name of their own."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            before, _, after = stat.read_text().rpartition(")")
            command = (stat.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(after.split()[1]) == site.process.pid and ("musicapp web" in before or b"web" in command):
            found.append(int(stat.parent.name))
    return found


def test_an_upload_goes_on_from_page_to_page_and_after_the_server_was_cut(
    published: RunningSite, desk: Page, tmp_path: Path
) -> None:
    short = long_song(tmp_path / "lull.wav", seconds=2)
    desk.get_by_label("Choose files").set_input_files([long_song(tmp_path / "neap.wav"), short])
    wait_for_percent(desk, "neap.wav", 35)
    desk.locator(".side").get_by_role("link", name="Studio").click()
    expect(desk.get_by_role("link", name=re.compile(r"Uploading, \d+ %"))).to_be_visible()
    expect(desk.get_by_role("heading", level=1, name="Studio")).to_be_visible()
    desk.get_by_role("link", name=re.compile("Upload(ing)?")).first.click()
    expect(desk.get_by_label("Choose files")).to_be_attached()
    slow_down(desk)
    [web] = web_processes(published)
    os.kill(web, signal.SIGKILL)
    expect_ready(desk, "neap", "lull")
    assert desk.locator(".sent .err:visible").count() == 0
    accessible(desk)
    desk.get_by_role("link", name="Edit these 2 songs").click()
    expect(desk.get_by_role("textbox", name=re.compile("Title"))).to_have_count(2)


def test_an_upload_that_a_reload_broke_off_goes_on_where_it_was(desk: Page, tmp_path: Path) -> None:
    warned, offsets = [], []
    desk.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
    song = long_song(tmp_path / "tide.wav")
    desk.get_by_label("Choose files").set_input_files(song)
    wait_for_percent(desk, "tide.wav", 60)
    desk.reload()
    assert warned == ["beforeunload"]
    broken = desk.locator(".sent li").filter(has_text="tide.wav")
    expect(broken).to_contain_text(re.compile(r"Choose the file again to go on at \d\d %"))
    desk.set_viewport_size({"width": 390, "height": 844})
    fits(desk)
    desk.on("request", lambda request: offsets.append(request.headers.get("upload-offset")))
    desk.get_by_label("Choose files").set_input_files(song)
    expect_ready(desk, "tide")
    sent = [int(offset) for offset in offsets if offset]
    assert sent[0] >= PIECE_BYTES
    assert sent == sorted(set(sent))
