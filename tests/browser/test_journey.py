"""The main job, in a real Chromium on a real site: an artist publishes, a listener finds, plays and walks around."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import people, sound
from tests.browser.conftest import ALBUM, MUSIC
from tests.browser.pages import accessible, fits
from tests.browser.site import RunningSite

NewPage = Callable[..., Page]


def test_a_listener_finds_a_song_and_hears_it_from_page_to_page(published: RunningSite, new_page: NewPage) -> None:
    page = new_page()
    people.sign_up(page, published.url, "Ida")
    page.get_by_role("searchbox").fill(ALBUM)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=ALBUM).first.click()
    page.get_by_role("button", name="Play", exact=True).first.click()
    sound.begins(page)
    walk(page, published, ("Browse", "Songs", "Artists"))
    page.go_back()
    page.go_back()
    page.wait_for_timeout(500)
    sound.goes_on(page)
    page.go_forward()
    page.wait_for_timeout(500)
    sound.goes_on(page)


def walk(page: Page, site: RunningSite, names: tuple[str, ...]) -> None:
    for name in names:
        page.locator(".side, .sections").get_by_role("link", name=name, exact=True).first.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_timeout(600)
        sound.goes_on(page)


def test_an_artist_hears_music_while_opening_the_upload_page(published: RunningSite, new_page: NewPage) -> None:
    page = new_page()
    people.log_in(page, published.url, "Marlo")
    page.goto(f"{published.url}/songs")
    page.locator("[data-play]").first.click()
    sound.begins(page)
    page.locator(".studio").get_by_role("link", name="Upload").click()
    expect(page.get_by_role("heading", name="New music")).to_be_visible()
    page.wait_for_timeout(500)
    sound.goes_on(page)


def test_what_was_heard_reaches_the_ledger(published: RunningSite, new_page: NewPage) -> None:
    page = new_page()
    people.sign_up(page, published.url, "Ona")
    page.goto(f"{published.url}/songs")
    page.locator("[data-play]").first.click()
    sound.begins(page)
    page.wait_for_timeout(2000)
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
    page.evaluate("document.querySelector('#player [data-on]').currentTime = 12")
    page.wait_for_timeout(400)
    page.reload()
    expect(page.locator("#player strong")).to_have_text(title)
    page.locator("#player").get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("() => document.querySelector('#player [data-on]').currentTime > 11")


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
    for _ in range(60):
        page.goto(address)
        if page.get_by_role("row", name=title).get_by_text("Draft").count():
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"{title} was never ready")
