"""Who runs the site, in a real Chromium: somebody is suspended, is out everywhere at once, and is let in again."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.pages import accessible, fits
from tests.browser.site import RunningSite

NewPage = Callable[..., Page]
WHY = "Nine adverts in an hour."


def test_somebody_is_suspended_is_out_everywhere_at_once_and_is_let_in_again(
    published: RunningSite, new_page: NewPage
) -> None:
    desk, home, phone = new_page(), new_page(), new_page(width=390, javascript=False)
    people.sign_up(home, published.url, "Lorna")
    people.log_in(phone, published.url, "Lorna")
    people.log_in(desk, published.url, "Keeper")
    desk.goto(f"{published.url}/people")
    desk.get_by_role("searchbox", name="Part of a name or an address").fill("lorna@EXAMPLE")
    desk.get_by_role("search", name="People").get_by_role("button", name="Search").click()
    desk.get_by_role("link", name="Lorna").click()
    expect(desk.get_by_role("heading", level=1, name="Lorna")).to_be_visible()
    accessible(desk)
    desk.get_by_label("For how many days").fill("3")
    desk.get_by_label("Why", exact=True).fill(WHY)
    desk.get_by_role("button", name="Suspend the account").click()
    expect(desk.get_by_text("The account is suspended, and signed out everywhere.")).to_be_visible()
    for page in (home, phone):
        page.goto(f"{published.url}/account")
        page.wait_for_url("**/login**")
    refused_at_log_in(home, published.url)
    desk.get_by_role("button", name="Restore the account").click()
    expect(desk.get_by_text("The account is open again.")).to_be_visible()
    people.log_in(home, published.url, "Lorna")
    home.goto(f"{published.url}/account")
    expect(home.get_by_role("heading", level=1, name="Your account")).to_be_visible()


def refused_at_log_in(page: Page, site: str) -> None:
    """Whose password is right reads why they are kept out."""
    page.goto(f"{site}/login")
    page.get_by_label("E-mail").fill("lorna@example.org")
    page.get_by_label("Password", exact=True).fill(people.PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_contain_text(WHY)


def test_an_invitation_brings_somebody_in_on_a_phone(published: RunningSite, new_page: NewPage) -> None:
    desk, guest = new_page(), new_page(width=360)
    people.log_in(desk, published.url, "Keeper")
    desk.goto(f"{published.url}/people/invitations")
    desk.get_by_label("They become").select_option("artist")
    desk.get_by_role("button", name="Make an invitation").click()
    guest.goto(desk.get_by_label("Link").first.input_value())
    expect(guest.get_by_text("You are invited, as an artist.")).to_be_visible()
    fits(guest)
    guest.get_by_label("Your name").fill("Rune")
    guest.get_by_label("E-mail").fill("rune@example.org")
    guest.get_by_label("Password", exact=True).fill(people.PASSWORD)
    guest.get_by_role("button", name="Make the account").click()
    expect(guest.get_by_text("Welcome, Rune.")).to_be_visible()
    desk.goto(f"{published.url}/people/invitations?of=ended")
    desk.get_by_role("link", name="Rune").click()
    expect(desk.get_by_text("invitation 1")).to_be_visible()
    for width in (360, 1280):
        desk.set_viewport_size({"width": width, "height": 844})
        for path in ("/people", "/people/invitations", "/people/1"):
            desk.goto(f"{published.url}{path}")
            fits(desk)
            accessible(desk)
