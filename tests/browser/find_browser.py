"""The Chromium that the browser tests drive; `python -m tests.browser.find_browser` gets one where there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

# The one without windows first: it needs half the processor time of the whole browser.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
APPLICATIONS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)
INSTALL_WITHIN_S = 600


def find_browser() -> Path | None:
    """A Chromium or Chrome that starts on this machine: an installed one, else Playwright's own."""
    installed = [Path(found) for found in map(shutil.which, NAMES) if found]
    return next(filter(starts, [*installed, *APPLICATIONS, playwrights_own()]), None)


def playwrights_own() -> Path:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def starts(browser: Path) -> bool:
    """Whether it is there with all the libraries that it needs."""
    if not browser.exists():
        return False
    try:
        return subprocess.run([browser, "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def get_browser() -> Path | None:
    """Try every way to a browser: what is there, Playwright's download, then Debian's package when we are root."""
    ways = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        packages = ("chromium-headless-shell", "chromium")  # older releases have the second alone
        ways += [
            ["apt-get", "update", "-qq"],
            *(["apt-get", "install", "-y", "-qq", "--no-install-recommends", package] for package in packages),
        ]
    browser = find_browser()
    while browser is None and ways:
        attempt(ways.pop(0))
        browser = find_browser()
    return browser


def attempt(command: list[str]) -> None:
    print("No Chromium yet:", " ".join(command))
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(command, env=environ, stdout=subprocess.DEVNULL, timeout=INSTALL_WITHIN_S, check=False)
    except (OSError, subprocess.TimeoutExpired) as problem:
        print(problem)


if __name__ == "__main__":
    if get_browser() is None:
        print("\n*** NO CHROMIUM COULD BE FOUND OR INSTALLED: THE BROWSER TESTS ARE SKIPPED. ***\n")
        sys.exit(os.environ.get("CI") == "true")
