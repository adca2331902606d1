"""Leaving, in a real Chromium: one's data as a ZIP, the account deleted, taken back, deleted again and erased."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from zipfile import ZipFile

from playwright.sync_api import Page, expect

from tests.browser import people
from tests.browser.pages import accessible, fits
from tests.browser.site import ROOT, RunningSite

NewPage = Callable[..., Page]
GONE = re.compile(r"That password does not fit this address")


def test_an_account_is_taken_along_deleted_taken_back_and_then_erased_for_good(
    published: RunningSite, new_page: NewPage
) -> None:
    page = new_page(width=390)
    people.sign_up(page, published.url, "Odile")
    page.goto(f"{published.url}/songs")
    page.get_by_role("link", name="Undertow", exact=True).first.click()
    with page.expect_response("**/rating"):
        page.get_by_role("radio", name="4 stars").press("Space")
        page.get_by_role("radio", name="4 stars").press("Enter")
    take_data_along(page, published.url)
    delete_account(page, published.url)
    log_in_to_what_is_closed(page, published.url)
    accessible(page)
    fits(page)
    page.get_by_role("button", name="Take my account back").click()
    expect(page.get_by_text("Your account is as it was.")).to_be_visible()
    page.goto(f"{published.url}/account")
    expect(page.get_by_text("odile@example.org")).to_be_visible()

    delete_account(page, published.url)
    let_days_pass(published)
    page.goto(f"{published.url}/login")
    expect_gone(page)
    assert tables_with(published, "odile") == {"auth_erased", "site_act"}


def take_data_along(page: Page, site: str) -> None:
    page.goto(f"{site}/account")
    page.get_by_role("link", name="Take your data along").click()
    page.get_by_role("button", name="Make a copy of my data").click()
    with page.expect_download() as started:
        page.get_by_role("link", name="Download").click()
    with ZipFile(started.value.path()) as archive:
        assert archive.testzip() is None
        assert b'"stars": 4' in archive.read("music/ratings.json")
    accessible(page)


def delete_account(page: Page, site: str) -> None:
    page.goto(f"{site}/account/leave")
    accessible(page)
    fits(page)
    page.get_by_label("Your password", exact=True).fill(people.PASSWORD)
    page.get_by_role("button", name="Delete my account").click()
    expect(page.get_by_text("Your account is closed.")).to_be_visible()


def log_in_to_what_is_closed(page: Page, site: str) -> None:
    page.goto(f"{site}/login")
    fill_log_in(page)
    expect(page.get_by_role("heading", name="You deleted this account")).to_be_visible()


def fill_log_in(page: Page) -> None:
    page.get_by_label("E-mail").fill("odile@example.org")
    page.get_by_label("Password", exact=True).fill(people.PASSWORD)
    page.get_by_role("button", name="Log in").click()


def let_days_pass(site: RunningSite) -> None:
    """Let the days be over, and the site do what it does at night."""
    with closing(sqlite3.connect(site.instance / "musicapp.db")) as database, database:
        database.execute("UPDATE auth_leaving SET erase_at = datetime('now', '-1 hour')")
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "auth", "erase-due"]
    subprocess.run(command, cwd=ROOT, env=site.environ, check=True, capture_output=True)


def expect_gone(page: Page) -> None:
    """Try to log in until the worker has done its part."""
    for _ in range(40):
        fill_log_in(page)
        expect(page.get_by_role("alert")).to_be_visible()
        if GONE.search(page.get_by_role("alert").inner_text()):
            return
        page.wait_for_timeout(500)
    raise AssertionError("The account can still be logged in to.")


def tables_with(site: RunningSite, word: str) -> set[str]:
    """The tables that name somebody by a word, or by the number that the audit log has of who was erased."""
    found = set()
    with closing(sqlite3.connect(site.instance / "musicapp.db")) as database:
        [(person_id,)] = database.execute("SELECT person_id FROM auth_erased").fetchall()
        tables = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%search%'"
        ).fetchall()
        for (table,) in tables:
            columns = database.execute(f'PRAGMA table_info("{table}")').fetchall()
            tests = [f"lower(CAST(\"{column[1]}\" AS TEXT)) LIKE '%{word}%'" for column in columns]
            tests += [f'"{column[1]}" = {person_id}' for column in columns if column[1] in PERSON_COLUMNS]
            if database.execute(f'SELECT 1 FROM "{table}" WHERE {" OR ".join(tests)} LIMIT 1').fetchone():
                found.add(table)
    return found


PERSON_COLUMNS = {"person_id", "user_id", "by_id", "listener_id", "owner_id", "author_id", "created_by", "added_by"}
