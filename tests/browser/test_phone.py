"""What floats above the pages of a phone, in a real Chromium: all of it in sight, and over no button."""

from collections.abc import Callable

from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser import people, sound
from tests.browser.pages import lively
from tests.browser.site import RunningSite

NewPage = Callable[..., Page]
WIDTH = 390


def box(locator: Locator) -> FloatRect:
    found = locator.bounding_box()
    assert found is not None
    return found


def test_the_names_of_whom_one_can_mention_stand_within_the_window(published: RunningSite, new_page: NewPage) -> None:
    page = new_page(width=WIDTH)
    people.sign_up(page, published.url, "Pia")
    page.goto(f"{published.url}/songs/1")
    page.get_by_role("heading", name="Comments").scroll_into_view_if_needed()
    expect(page.get_by_label("Your comment")).to_be_visible()
    lively(page)
    page.get_by_label("Mention somebody").click()
    names = page.locator(".say .menu-body")
    expect(names).to_be_visible()
    assert box(names)["x"] >= 0
    assert box(names)["x"] + box(names)["width"] <= WIDTH


def test_the_offer_to_go_on_stands_above_the_bar_that_saves(published: RunningSite, new_page: NewPage) -> None:
    desk, phone = new_page(), new_page(width=WIDTH)
    people.sign_up(desk, published.url, "Quinn")
    desk.goto(f"{published.url}/albums/1")
    lively(desk)
    with desk.expect_response(lambda answer: answer.url.endswith("/api/player") and answer.request.method == "PUT"):
        desk.locator("main .btn.play").click()
        sound.begins(desk)
    people.log_in(phone, published.url, "Quinn")
    phone.goto(f"{published.url}/playlists/new")
    offer = phone.get_by_text("from your other device")
    expect(offer).to_be_visible()
    bar = phone.locator(".savebar")
    bar.scroll_into_view_if_needed()
    assert box(phone.locator("#elsewhere"))["y"] + box(phone.locator("#elsewhere"))["height"] <= box(bar)["y"]
