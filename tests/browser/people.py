"""What people do on the site's pages, by the words they see there; works with JavaScript and without."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page, expect

PASSWORD = "nine wooden boats"


def set_up(page: Page, address: str) -> None:
    """The first admin, with the address that the console printed."""
    page.goto(address)
    page.get_by_label("Your name").fill("Keeper")
    page.get_by_label("E-mail").fill("keeper@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name of the site").fill("Harbour Radio")
    page.get_by_label("Time zone").select_option("Europe/Berlin")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Load demo music").uncheck()
    page.locator("button.main-act").click()
    expect(page.get_by_text("Your site is ready.")).to_be_visible()


def sign_up(page: Page, site: str, name: str, *, artist: bool = False) -> None:
    page.goto(f"{site}/signup")
    page.get_by_label("I publish music" if artist else "I listen").check()
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail").fill(f"{name.lower()}@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    page.wait_for_url(lambda url: "/signup" not in url)


def log_in(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/login")
    page.get_by_label("E-mail").fill(f"{name.lower()}@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(lambda url: "/login" not in url)


def upload(page: Page, site: str, files: Sequence[Path], *, album: str) -> None:
    """Upload files as drafts of one album and wait until each is ready."""
    page.goto(f"{site}/studio/upload")
    page.get_by_role("textbox", name="Album").fill(album)
    page.get_by_label("I made this music").check()
    page.get_by_label("Choose files").set_input_files(files)
    expect(page.get_by_text(f"{len(files)} of {len(files)} ready")).to_be_visible(timeout=90_000)


def publish_album(page: Page, site: str, album: str) -> None:
    page.goto(f"{site}/studio")
    page.get_by_role("link", name=f"Edit {album}").click()
    page.get_by_role("button", name="Publish the album").click()
    expect(page.get_by_text("is now public")).to_be_visible()
