"""The main job, in a real Chromium on a real site: an artist publishes, a listener finds, plays and walks around."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people, sound
from tests.browser.conftest import ALBUM, MUSIC
from tests.browser.pages import accessible, fits, lively
from tests.browser.site import RunningSite

NewPage = Callable[..., Page]
READY_WITHIN_S = 90


def test_a_listener_finds_a_song_and_hears_it_from_page_to_page(published: RunningSite, new_page: NewPage) -> None:
    page = new_page()
    people.sign_up(page, published.url, "Ida")
    page.get_by_role("searchbox").fill(ALBUM)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=f"Results for “{ALBUM}”")).to_be_attached()
    lively(page)
    page.get_by_role("link", name=ALBUM).first.click()
    expect(page.get_by_role("heading", level=1, name=ALBUM, exact=True)).to_be_visible()
    lively(page)
    page.get_by_role("button", name="Play", exact=True).first.click()
    sound.begins(page)
    for name in ("Browse", "Songs", "Artists"):
        page.locator(".side, .sections").get_by_role("link", name=name, exact=True).first.click()
        hears_on_at(page, name)
    page.go_back()
    page.go_back()
    hears_on_at(page, "Browse")
    page.go_forward()
    hears_on_at(page, "Songs")


def hears_on_at(page: Page, heading: str) -> None:
    expect(page.get_by_role("heading", level=1, name=heading, exact=True)).to_be_visible()
    sound.goes_on(page)


def test_an_artist_hears_music_while_opening_the_upload_page(published: RunningSite, new_page: NewPage) -> None:
    page = new_page()
    people.log_in(page, published.url, "Marlo")
    page.goto(f"{published.url}/songs")
    page.locator("[data-play]").first.click()
    sound.begins(page)
    page.locator(".studio").get_by_role("link", name="Upload").click()
    expect(page.get_by_role("heading", name="New music")).to_be_visible()
    sound.goes_on(page)


def test_what_was_heard_reaches_the_ledger(published: RunningSite, new_page: NewPage) -> None:
    page = new_page()
    people.sign_up(page, published.url, "Ona")
    page.goto(f"{published.url}/songs")
    page.locator("[data-play]").first.click()
    sound.begins(page)
    sound.until(page, "audio.currentTime > 2")
    with page.expect_request("**/api/plays") as reported:
        page.locator("#player").get_by_role("button", name="Next song").click()
    assert reported.value.post_data_json["plays"][0]["heard_ms"] > 1000
    response = reported.value.response()
    assert response is not None
    assert response.ok


def test_the_queue_and_its_place_are_there_again_after_a_reload(published: RunningSite, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{published.url}/songs")
    page.locator("[data-play]").first.click()
    sound.begins(page)
    title = page.locator("#player strong").inner_text()
    page.locator("#player").get_by_role("slider", name="Position in the song").first.fill("12")
    page.reload()
    expect(page.locator("#player strong")).to_have_text(title)
    page.locator("#player").get_by_role("button", name="Play", exact=True).click()
    sound.until(page, "audio.currentTime > 12")


PATHS = {
    "visitor": [
        "/",
        "/songs",
        "/songs/1",
        "/comments/song/1",
        "/albums",
        "/albums/1",
        "/artists",
        "/artists/1",
        "/genres",
        "/years",
        "/browse",
        "/new",
        "/popular",
        "/random",
        "/songs?from=1990&clean=1",
        "/search?q=slow",
        "/search?q=nothing+like+that",
        "/playlists/public",
    ],
    "door": ["/login", "/signup", "/reset", "/nothing-here", "/api/docs"],
    "Marlo": [
        "/studio",
        "/studio/upload",
        "/studio/songs/1/edit",
        "/studio/albums/1/edit",
        "/account",
        "/share/album/1",
        "/playlists/",
        "/playlists/new",
        "/playlists/add?album=1",
        "/playlists/smart?preset=forgotten",
    ],
    "Keeper": ["/", "/history", "/recent", "/statistics", "/plugins", "/inbox", "/inbox/preferences"],
}


@pytest.mark.parametrize("who", PATHS)
def test_every_page_is_accessible_in_both_schemes_and_fits_a_phone(
    published: RunningSite, new_page: NewPage, who: str
) -> None:
    page = new_page()
    if who not in ("visitor", "door"):
        people.log_in(page, published.url, who)
    for path in PATHS[who]:
        page.set_viewport_size({"width": 1280, "height": 844})
        page.goto(published.url + path)
        accessible(page)
        for width in (360, 768, 2000):
            page.set_viewport_size({"width": width, "height": 844})
            fits(page)


@pytest.mark.parametrize("path", PATHS["visitor"])
def test_pages_answer_without_javascript(published: RunningSite, new_page: NewPage, path: str) -> None:
    page = new_page(javascript=False)
    response = page.goto(published.url + path)
    assert response is not None
    assert response.status == 200
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_music_is_published_and_heard_without_javascript(published: RunningSite, new_page: NewPage) -> None:
    page = new_page(javascript=False)
    people.sign_up(page, published.url, "Plain", artist=True)
    page.goto(f"{published.url}/studio/upload")
    page.get_by_role("textbox", name="Album").fill("By Hand")
    page.locator("input[type=file][name]").set_input_files([MUSIC / "fog.mp3", Path(__file__)])
    page.get_by_label("I made this music").check()
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_text("test_journey.py")).to_be_visible()
    until_ready(page, f"{published.url}/studio", "Fog")
    people.publish_album(page, published.url, "By Hand")
    visitor = new_page(javascript=False)
    visitor.goto(f"{published.url}/albums")
    visitor.get_by_role("link", name="By Hand").first.click()
    audio = visitor.locator("audio[controls]").first
    sent = visitor.request.get(published.url + str(audio.get_attribute("src")), headers={"Range": "bytes=0-99"})
    assert (sent.status, len(sent.body())) == (206, 100)


def until_ready(page: Page, address: str, title: str) -> None:
    end = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < end:
        page.goto(address)
        if page.get_by_role("row", name=title).get_by_text("Draft").count():
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"{title} was never ready")
