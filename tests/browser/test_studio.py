"""The artist's desk in a real Chromium: many songs in one grid, an album's order, a set time, and a second account."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import people
from tests.browser.pages import accessible, fits, lively
from tests.browser.site import ROOT, RunningSite

NewPage = Callable[..., Page]
MUSIC = ROOT / "plugins" / "catalog" / "demo" / "music"
SONGS = [MUSIC / f"{name}.mp3" for name in ("slow_clock", "undertow", "fog")]
ALBUM = "Low Water"
NAME = "Selma"


@dataclass(frozen=True)
class Desk:
    """The addresses of an artist's own album of three drafts, and the name that they log in with."""

    name: str
    site: str
    album: str
    artist: str

    @property
    def sheet(self) -> str:
        return f"{self.site}/studio/songs?album={self.album.split('/')[-2]}"

    def open(self, page: Page, address: str) -> Page:
        """Log the artist in and show a page of theirs."""
        people.log_in(page, self.site, self.name)
        return show(page, address)


def show(page: Page, address: str) -> Page:
    page.goto(address)
    return ready(page)


def ready(page: Page) -> Page:
    """Wait for a page's scripts, if it has any."""
    if page.evaluate("document.documentElement.dataset.js") is not None:
        lively(page)
    return page


@pytest.fixture(scope="module")
def desk(published: RunningSite, browser: Browser) -> Desk:
    page, site = browser.new_context().new_page(), published.url
    people.sign_up(page, site, NAME, artist=True)
    people.upload(page, site, SONGS, album=ALBUM)
    page.goto(f"{site}/studio/artists")
    artist = page.get_by_role("link", name="Members of").get_attribute("href")
    page.goto(f"{site}/studio")
    page.get_by_role("link", name=f"Edit {ALBUM}").click()
    expect(page.get_by_role("heading", level=1, name=ALBUM)).to_be_visible()
    album = page.url
    page.context.close()
    return Desk(NAME, site, album, f"{site}{artist}")


def cell(page: Page, field: str, row: int) -> Locator:
    return page.locator(f"[data-field={field}]").nth(row)


def state(page: Page, row: int) -> Locator:
    return page.locator("[data-row] [data-says]").nth(row)


def titles(page: Page) -> list[str]:
    return [str(line.get_attribute("data-title")) for line in page.locator("[data-id]").all()]


def expect_order(page: Page, *titles: str) -> None:
    for at, title in enumerate(titles):
        expect(page.locator("[data-id]").nth(at)).to_have_attribute("data-title", title)


def test_many_songs_are_edited_by_keyboard_and_a_bad_row_holds_up_no_other(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page(), desk.sheet)
    first = cell(page, "title", 0)
    first.focus()
    first.fill("Neap")
    page.keyboard.press("Enter")
    expect(cell(page, "title", 1)).to_be_focused()
    expect(state(page, 0)).to_have_text("Saved")
    cell(page, "year", 1).fill("12")
    page.keyboard.press("ArrowDown")
    expect(state(page, 1)).to_have_text("Not saved")
    expect(cell(page, "year", 1)).to_have_attribute("aria-invalid", "true")
    cell(page, "year", 2).fill("2019")
    page.keyboard.press("Enter")
    expect(state(page, 2)).to_have_text("Saved")
    accessible(page)
    page.reload()
    expect(cell(page, "title", 0)).to_have_value("Neap")
    expect(cell(page, "year", 2)).to_have_value("2019")
    expect(cell(page, "year", 1)).not_to_have_value("12")

    lively(page)
    page.get_by_label("Tick Neap").check()
    page.locator("[name=chosen]").nth(2).click(modifiers=["Shift"])
    expect(page.get_by_text("3 ticked")).to_be_visible()
    cell(page, "genre", 0).fill("Sea")
    page.keyboard.press("Control+d")
    expect(state(page, 1)).to_have_text("Saved")
    expect(state(page, 2)).to_have_text("Saved")
    page.locator("#toasts").get_by_role("button", name="Undo").click()
    expect(page.locator("[data-says]", has_text="As before")).to_have_count(1)
    expect(state(page, 0)).to_have_text("Saved")
    page.reload()
    expect(page.locator("[data-field=genre][value=Sea]")).to_have_count(2)


def test_two_tabs_never_overwrite_each_other_unseen(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page(), desk.sheet)
    other = page.context.new_page()
    show(other, page.url)
    cell(page, "licence", 1).fill("CC BY 4.0")
    cell(page, "title", 2).focus()
    expect(state(page, 1)).to_have_text("Saved")
    cell(other, "genre", 1).fill("Drone")
    cell(other, "title", 2).focus()
    expect(state(other, 1)).to_have_text("Saved")
    expect(cell(other, "licence", 1)).to_have_value("CC BY 4.0")
    cell(page, "genre", 1).fill("Folk")
    cell(page, "title", 2).focus()
    expect(page.get_by_text("This says “Drone” now.")).to_be_visible()
    cell(page, "genre", 1).focus()
    page.keyboard.press("Escape")
    expect(cell(page, "genre", 1)).to_have_value("Drone")


def test_an_album_is_ordered_by_keys_by_dragging_and_without_scripts(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page(), desk.album)
    before = titles(page)
    grip = page.locator(".grip").first
    grip.focus()
    for key in ("Space", "ArrowDown", "ArrowDown", "Space"):
        page.keyboard.press(key)
    expect(page.locator("#toasts")).to_contain_text("is number 3 of 3 now")
    expect_order(page, *before[1:], before[0])
    page.reload()
    expect_order(page, *before[1:], before[0])
    lively(page)
    last, top = page.locator(".grip").last.bounding_box(), page.locator("[data-id]").first.bounding_box()
    assert last is not None and top is not None
    page.mouse.move(last["x"] + 20, last["y"] + 20)
    page.mouse.down()
    page.mouse.move(last["x"] + 20, top["y"] + 4, steps=8)
    page.mouse.up()
    expect(page.locator("#toasts")).to_contain_text("is number 1 of 3 now")
    expect_order(page, *before)
    accessible(page)

    plain = desk.open(new_page(javascript=False), desk.album)
    plain.get_by_role("button", name=f"Move {before[0]} down").click()
    expect_order(plain, before[1], before[0], before[2])
    plain.goto(desk.sheet)
    cell(plain, "year", 0).fill("2001")
    cell(plain, "year", 1).fill("99")
    plain.get_by_role("button", name="Save all rows").click()
    expect(plain.get_by_text("A year such as 2026.")).to_be_visible()
    plain.goto(desk.sheet)
    expect(cell(plain, "year", 0)).to_have_value("2001")


def test_an_album_goes_out_at_a_set_time_that_is_said_in_words(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page(), desk.album)
    expect(page.get_by_text("Its 3 songs go out with it.")).to_be_visible()
    expect(page.get_by_text("By the clock of Europe/Berlin.")).to_be_visible()
    page.get_by_label("Publish at").fill("2099-12-04T18:00")
    page.get_by_role("button", name="Publish the album").click()
    expect(page.get_by_text("It goes out by itself on 4 December 2099 at 18:00 (Europe/Berlin)")).to_be_visible()
    page.goto(f"{desk.site}/studio?state=scheduled")
    expect(page.get_by_text("Goes out in").first).to_be_visible()
    page.goto(desk.album)
    page.get_by_role("button", name="Make it a draft again").click()
    expect(page.get_by_text("are drafts again")).to_be_visible()


def test_a_second_account_joins_by_a_link_and_both_edit(desk: Desk, new_page: NewPage) -> None:
    first, second, name = desk.open(new_page(), desk.artist), new_page(), "Torvald"
    first.get_by_role("button", name="Make an invitation").click()
    link = first.get_by_label("Link", exact=True).input_value()
    accessible(first)
    people.sign_up(second, desk.site, name)
    second.goto(link)
    accessible(second)
    second.get_by_role("button", name=f"Join as {name}").click()
    expect(second.get_by_text("You publish as this artist now.")).to_be_visible()
    for page, words in ((second, "A bio by one."), (first, "And by the other.")):
        page.goto(desk.artist.replace("/members", "/edit"))
        page.get_by_label("About").fill(words)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("is saved.")).to_be_visible()
    first.goto(link)
    expect(first.get_by_text("This invitation is over")).to_be_visible()


def test_the_desks_pages_are_accessible_and_fit_a_phone(desk: Desk, new_page: NewPage) -> None:
    page = desk.open(new_page(), desk.album)
    song = page.locator("[data-id] .text a").first.get_attribute("href")
    paths = ("/studio", "/studio/albums", "/studio/artists", song)
    for address in (*(f"{desk.site}{path}" for path in paths), desk.sheet, desk.album, desk.artist):
        page.set_viewport_size({"width": 1280, "height": 844})
        page.goto(address)
        accessible(page)
        for width in (360, 768):
            page.set_viewport_size({"width": width, "height": 844})
            fits(page)
