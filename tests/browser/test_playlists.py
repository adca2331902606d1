"""A playlist in a real Chromium: made from a row, filled from a selection, put in order by keys and buttons, heard."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser import people, sound
from tests.browser.pages import accessible, fits, lively
from tests.browser.site import RunningSite

NewPage = Callable[..., Page]
CLOCK, UNDERTOW = "Waltz for a Slow Clock", "Undertow"


def rows(page: Page) -> Locator:
    return page.locator(".row.entry h3")


def test_a_playlist_is_made_from_rows_put_in_order_and_heard(published: RunningSite, new_page: NewPage) -> None:
    page = new_page()
    people.sign_up(page, published.url, "Rower")
    page.goto(f"{published.url}/albums/1")
    lively(page)
    make_from_a_row(page, CLOCK)
    fill_from_a_selection(page)
    page.get_by_role("link", name="Open", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Rowing home")).to_be_visible()
    expect(rows(page)).to_have_text([CLOCK, CLOCK, UNDERTOW])
    accessible(page)
    page.get_by_role("link", name="Edit").click()
    expect(page.get_by_role("link", name="Done editing")).to_be_visible()
    lively(page)
    put_in_order(page)
    take_out_and_bring_back(page)
    accessible(page)
    page.set_viewport_size({"width": 360, "height": 844})
    fits(page)
    page.get_by_role("link", name="Done editing").click()
    page.get_by_role("button", name="Play Rowing home").click()
    sound.begins(page)
    expect(page.locator("#player strong").first).to_have_text(UNDERTOW)


def make_from_a_row(page: Page, title: str) -> None:
    page.get_by_label(f"More about {title}").click()
    page.locator(".menu[open]").get_by_role("link", name="Add to playlist…").click()
    dialog = page.get_by_role("dialog", name="Add to a playlist")
    dialog.get_by_label("New playlist").fill("Rowing home")
    dialog.get_by_role("button", name="Make it").click()
    expect(page.get_by_text("“Rowing home” is made, with one song.")).to_be_visible()


def fill_from_a_selection(page: Page) -> None:
    first, last = page.locator(".row[data-song] .time").all()
    first.click(modifiers=["Control"])
    expect(page.get_by_text("1 song selected")).to_be_visible()
    last.click(modifiers=["Shift"])
    expect(page.get_by_text("2 songs selected")).to_be_visible()
    page.get_by_role("button", name="Add to playlist…").click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("Rowing home")).click()
    expect(page.get_by_text("2 songs added to “Rowing home”.")).to_be_visible()


def put_in_order(page: Page) -> None:
    page.get_by_role("button", name=f"Move {CLOCK}", exact=True).first.focus()
    page.keyboard.press("End")
    expect(rows(page)).to_have_text([CLOCK, UNDERTOW, CLOCK])
    expect(page.get_by_text("is now number 3")).to_be_attached()
    page.get_by_role("button", name=f"Move {UNDERTOW} up").click()
    expect(rows(page)).to_have_text([UNDERTOW, CLOCK, CLOCK])


def take_out_and_bring_back(page: Page) -> None:
    with page.expect_response("**/entries/remove"):
        page.get_by_role("button", name=f"Take {UNDERTOW} out").click()
    expect(rows(page)).to_have_text([CLOCK, CLOCK])
    with page.expect_response("**/entries/restore"):
        page.locator(".toast").get_by_role("button", name="Undo").click()
    page.reload()
    expect(rows(page)).to_have_text([UNDERTOW, CLOCK, CLOCK])
