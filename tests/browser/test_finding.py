"""Finding music in a real Chromium: search by keys alone, filters, and pages that stand still while they come."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import sound
from tests.browser.pages import accessible, fits, lively, steady
from tests.browser.site import RunningSite
from tests.browser.test_journey import PATHS

NewPage = Callable[..., Page]
# Key by key a busy machine might rest longer between two letters than the search waits.
TYPE_FAST = """(field, letters) => {
  for (const letter of letters) {
    field.value += letter;
    field.dispatchEvent(new InputEvent("input", { data: letter, bubbles: true }));
  }
}"""


def test_music_is_searched_chosen_and_left_by_keys_alone(published: RunningSite, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{published.url}/artists/1")
    expect(page.get_by_role("heading", level=1, name="Marlo")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("wáltz", delay=40)
    expect(page.locator(".best mark")).to_have_text("Waltz")
    expect(page).to_have_url(f"{published.url}/search?q=w%C3%A1ltz")
    expect(page.locator(".find [role=status]")).to_contain_text("for “wáltz”")
    accessible(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Enter")
    expect(page.get_by_text("plays next")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Waltz for a Slow Clock")).to_be_visible()
    page.go_back()
    expect(page.locator("#q")).to_have_value("wáltz")
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="Marlo")).to_be_visible()
    page.keyboard.press("/")
    expect(page.locator(".recent").get_by_role("button", name="wáltz")).to_be_visible()


def test_only_the_last_of_many_letters_is_answered(published: RunningSite, new_page: NewPage) -> None:
    page = new_page()
    page.goto(published.url)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/search/results" in request.url else None)
    page.locator("#q").focus()
    page.locator("#q").evaluate(TYPE_FAST, "undertow")
    expect(page.locator(".best mark")).to_have_text("Undertow")
    assert len(asked) == 1
    page.locator("#q").press_sequentially("zzz")
    expect(page.get_by_text("Nothing found for “undertowzzz”")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{published.url}/")
    expect(page.locator("#q")).to_have_value("")


def test_a_list_is_narrowed_and_back_leads_through_it(published: RunningSite, new_page: NewPage) -> None:
    page = new_page(width=390)
    page.goto(f"{published.url}/songs")
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("To year").fill("1931")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("No songs like that")).to_be_visible()
    page.get_by_role("link", name="Until 1931").click()
    expect(page.get_by_role("link", name="Undertow")).to_be_visible()
    page.go_back()
    expect(page.get_by_text("No songs like that")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("link", name="Undertow")).to_be_visible()


def test_the_waveform_of_a_songs_page_leads_into_the_song(published: RunningSite, new_page: NewPage) -> None:
    page = new_page()
    page.goto(f"{published.url}/songs/1")
    lively(page)
    page.get_by_role("slider", name="Position in").first.fill("20")
    sound.begins(page)
    sound.until(page, "audio.currentTime > 20")


def test_nothing_moves_while_pages_come(published: RunningSite, new_page: NewPage) -> None:
    for width in (1280, 390):
        page = new_page(width=width)
        for path in PATHS["visitor"]:
            page.goto(published.url + path)
            steady(page)
        for path in ("/albums/1", "/search?q=slow"):
            page.goto(published.url + path)
            accessible(page)
            fits(page)
