"""Rating a song in a real Chromium, by keyboard too."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.site import RunningSite


def test_enter_on_a_star_keeps_it_and_the_button_beside_takes_it_back(
    published: RunningSite, new_page: Callable[..., Page]
) -> None:
    page = new_page()
    people.sign_up(page, published.url, "Otto")
    page.goto(f"{published.url}/songs")
    page.get_by_role("link", name="Undertow", exact=True).first.click()
    star = page.get_by_role("radio", name="3 stars")
    with page.expect_response("**/rating"):
        star.press("Space")
    star.press("Enter")
    expect(star).to_be_checked()
    expect(page.get_by_text("3.0 of 5 stars, 1 rating")).to_be_visible()
    page.get_by_role("button", name="Take yours back").click()
    expect(page.get_by_text("Not rated yet")).to_be_visible()
