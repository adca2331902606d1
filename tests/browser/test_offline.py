"""What a listener has when the line is cut: the music goes on, the page stays, and the next click works again."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import people, sound
from tests.browser.conftest import ALBUM
from tests.browser.site import RunningSite

NewPage = Callable[..., Page]


def test_a_page_that_cannot_be_fetched_leaves_music_and_page_as_they_were(
    published: RunningSite, new_page: NewPage
) -> None:
    page = new_page()
    people.log_in(page, published.url, "Marlo")
    page.goto(f"{published.url}/albums")
    page.get_by_role("link", name=ALBUM).first.click()
    page.get_by_role("button", name="Play", exact=True).first.click()
    sound.begins(page)
    page.wait_for_function("() => document.querySelector('#player [data-on]').buffered.end(0) > 20")
    menu = page.locator(".side").get_by_role("link", name="Studio")
    page.context.set_offline(True)
    menu.click()
    expect(page.get_by_text("The site does not answer. Try again in a moment.")).to_be_visible()
    expect(page.get_by_role("heading", level=1, name=ALBUM)).to_be_visible()
    page.context.set_offline(False)
    menu.click()
    expect(page.get_by_role("heading", level=1, name="Studio")).to_be_visible()
    sound.goes_on(page)
