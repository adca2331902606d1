"""A real Chromium and a real site for the browser tests."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser import people
from tests.browser.find_browser import find_browser
from tests.browser.pages import Watch, accessible
from tests.browser.site import ROOT, RunningSite

MUSIC = ROOT / "plugins" / "catalog" / "demo" / "music"
PATIENCE_MS = 20_000
SONGS = [MUSIC / "slow_clock.mp3", MUSIC / "undertow.mp3"]
ALBUM = "First Light"

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=user-gesture-required",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder drives a browser; they share one site, so one worker runs them all."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@contextmanager
def a_browser() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("No Chromium or Chrome was found; with CI=true there must be one.")
        pytest.skip("no Chromium or Chrome was found")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(path), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """A site as `make run` starts it, after its set-up and after an artist's first album."""
    with RunningSite(tmp_path_factory.mktemp("site") / "instance") as site:
        with a_browser() as browser:
            admin, artist = browser.new_context().new_page(), browser.new_context().new_page()
            admin.goto(site.setup_address())
            accessible(admin)
            people.set_up(admin, site.setup_address())
            people.sign_up(artist, site.url, "Marlo", artist=True)
            people.upload(artist, site.url, SONGS, album=ALBUM)
            people.publish_album(artist, site.url, ALBUM)
        yield site


@pytest.fixture(scope="module")
def browser(published: RunningSite) -> Iterator[Browser]:
    """Kept no longer than a module: Playwright holds an event loop, and other tests of this process run their own."""
    with a_browser() as browser:
        yield browser


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails the test at its end when the browser complained of anything."""
    watch = Watch()
    yield watch
    assert watch.complaints == []


@pytest.fixture
def new_page(browser: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Opens pages, each in a browser context of its own: another person at another machine."""
    contexts: list[BrowserContext] = []

    def new(*, width: int = 1280, javascript: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 844}, java_script_enabled=javascript, reduced_motion="reduce"
        )
        contexts.append(context)
        return watch.over(context.new_page())

    yield new
    for context in contexts:
        context.close()
