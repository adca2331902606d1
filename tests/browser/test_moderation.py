"""A report on its whole way in a real Chromium: from a row of a song to a decision, an appeal, and the song again."""

import subprocess
import sys
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import people, sound
from tests.browser.pages import accessible, fits, lively
from tests.browser.site import ROOT, RunningSite

NewPage = Callable[..., Page]
SONG = "Undertow"
REASON = "From 0:12 on your song has a recording by somebody else. Show us that they agreed."


def test_a_report_is_decided_appealed_and_restored(published: RunningSite, new_page: NewPage) -> None:
    add_moderator(published, "Maud")
    add_moderator(published, "Jonas")
    listener, artist = new_page(), new_page()
    people.sign_up(listener, published.url, "Wren")
    report_from_a_row(listener, published.url)
    moderator = new_page()
    people.log_in(moderator, published.url, "Maud")
    take_and_hide(moderator, published.url)
    listener.goto(f"{published.url}/albums/1")
    expect(listener.locator("main").get_by_role("link", name=SONG, exact=True)).to_have_count(0)
    people.log_in(artist, published.url, "Marlo")
    appeal(artist, published.url)
    other = new_page(width=390)
    people.log_in(other, published.url, "Jonas")
    restore(other, published.url)
    artist.reload()
    expect(artist.get_by_text("The decision is taken back.")).to_be_visible()
    hear_it_again(listener, published.url)


def add_moderator(site: RunningSite, name: str) -> None:
    command = ["flask", "--app", "wsgi", "auth", "add", name, f"{name.lower()}@example.org", "--role", "moderator"]
    answer = ["--password", people.PASSWORD]
    subprocess.run([sys.executable, "-m", *command, *answer], cwd=ROOT, env=site.environ, check=True)


def report_from_a_row(page: Page, site: str) -> None:
    """The form stands above the page, and takes the moment at which the player is."""
    page.goto(f"{site}/albums/1")
    lively(page)
    page.get_by_role("button", name=f"Play {SONG}", exact=True).press("Enter")
    sound.begins(page)
    sound.until(page, "audio.currentTime > 1")
    page.get_by_label(f"More about {SONG}").click()
    page.locator(".menu[open]").get_by_role("link", name="Report…").click()
    dialog = page.get_by_role("dialog", name="Report this song")
    dialog.get_by_role("button", name="Report").click()
    expect(dialog).to_be_visible()
    accessible(page)
    dialog.get_by_label("It belongs to somebody else").check()
    dialog.get_by_role("button", name="where you are").click()
    dialog.get_by_role("textbox", name="In your words").fill("This is the chorus of another song.")
    dialog.get_by_role("button", name="Report").click()
    dialog = page.get_by_role("dialog", name="Thank you")
    expect(dialog).to_contain_text("as a rule within 2 days")
    dialog.get_by_role("link", name="Done").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def take_and_hide(page: Page, site: str) -> None:
    """By keys: A takes the case, D leads to the decision."""
    page.goto(f"{site}/moderation")
    expect(page.get_by_role("heading", name=SONG, level=2)).to_be_visible()
    lively(page)
    accessible(page)
    page.keyboard.press("a")
    expect(page.get_by_role("button", name="Give it back")).to_be_visible()
    lively(page)
    accessible(page)
    expect(page.locator(".evidence .mark")).to_have_count(1)
    page.get_by_role("button", name="Play the reported part").click()
    expect(page.locator(".evidence").get_by_role("button", name="Pause")).to_be_visible()
    page.locator("body").press("d")
    expect(page.get_by_role("radio").first).to_be_focused()
    page.get_by_label("Hide it until it is fixed").check()
    page.get_by_role("textbox", name="Reason, sent to").fill(REASON)
    expect(page.get_by_role("region", name="will read")).to_contain_text(
        f"We hid your song “{SONG}” from listeners. {REASON}"
    )
    page.get_by_role("button", name="Hide the song").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def appeal(page: Page, site: str) -> None:
    """The artist is told in the inbox, and answers there."""
    page.goto(f"{site}/inbox")
    page.get_by_role("link", name=f"We hid your song “{SONG}”").click()
    expect(page.get_by_text(REASON)).to_be_visible()
    lively(page)
    accessible(page)
    page.get_by_label("What we should know").fill("I made all of it myself, and have the tracks.")
    page.get_by_role("button", name="Appeal").click()
    expect(page.get_by_text("Another moderator than the one who decided looks at it")).to_be_visible()


def restore(page: Page, site: str) -> None:
    """On a phone, where queue and case are two pages."""
    page.goto(f"{site}/moderation")
    page.get_by_role("link", name="Appeals 1").click()
    page.locator(".case", has_text=SONG).click()
    expect(page.get_by_role("link", name="Reports queue, 1 of 1")).to_be_visible()
    lively(page)
    accessible(page)
    fits(page)
    page.get_by_label("Take the decision back").check()
    page.get_by_role("textbox", name="Reason, sent to").fill("It is yours. Thank you for the tracks.")
    page.get_by_role("button", name="Answer the appeal").click()
    expect(page.get_by_text("Taken back by Jonas")).to_be_visible()


def hear_it_again(page: Page, site: str) -> None:
    page.goto(f"{site}/albums/1")
    lively(page)
    page.get_by_role("button", name=f"Play {SONG}", exact=True).press("Enter")
    sound.begins(page)
    expect(page.locator("#player strong").first).to_have_text(SONG)
    page.goto(f"{site}/my-reports")
    expect(page.get_by_text("We acted on it, and took that back when we looked again.")).to_be_visible()
    accessible(page)
