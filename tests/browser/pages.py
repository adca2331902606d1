"""What every page in the browser must keep to: no CSP violation, no error in the console, no serious finding by axe."""

from dataclasses import dataclass, field
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, expect

Scheme = Literal["light", "dark"]
SERIOUS = ("serious", "critical")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Only colours differ between the schemes, so in the second nothing else is looked at.
LOOKED_AT: dict[Scheme, object] = {"light": STANDARDS, "dark": {"type": "rule", "values": ["color-contrast"]}}
EXPECTED = ("favicon",)
MOST_MOVED = 0.02


@dataclass
class Watch:
    """Collects what the browser complains of while a test uses a page."""

    complaints: list[str] = field(default_factory=list)

    def over(self, page: Page) -> Page:
        page.on("console", self.hear)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        return page

    def hear(self, message: ConsoleMessage) -> None:
        refused_answer = "Failed to load resource" in message.text
        if message.type == "error" and not refused_answer and not any(word in message.text for word in EXPECTED):
            self.complaints.append(f"{message.location.get('url')}: {message.text}")


def lively(page: Page) -> None:
    """Wait until a visit is over and all scripts of its page run: keys mean less before that."""
    expect(page.locator("html[aria-busy], [data-module]:not([data-runs])")).to_have_count(0)


def accessible(page: Page) -> None:
    """No serious or critical finding by axe, in the light and the dark scheme."""
    for scheme, looked_at in LOOKED_AT.items():
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = Axe().run(page, options={"runOnly": looked_at, "resultTypes": ["violations"]})
        serious = [
            f"{one['id']}: {[node['target'] for node in one['nodes']][:3]}"
            for one in found.response["violations"]
            if one["impact"] in SERIOUS
        ]
        assert serious == [], f"{page.url} ({scheme})"
    page.emulate_media(color_scheme="light")


def steady(page: Page) -> None:
    """Nothing to speak of moved since the page came: a cumulative layout shift of .02 at most."""
    moved = page.evaluate(
        """() => new Promise((told) => {
          let moved = 0;
          const add = ({ hadRecentInput, value }) => { if (!hadRecentInput) moved += value; };
          const observer = new PerformanceObserver((list) => list.getEntries().forEach(add));
          observer.observe({ type: "layout-shift", buffered: true });
          document.fonts.ready.then(() => setTimeout(() => told(moved), 200));
        })"""
    )
    assert moved <= MOST_MOVED, f"{page.url} at {page.viewport_size}"


def fits(page: Page) -> None:
    """Nothing makes the page scroll sideways."""
    wide = page.evaluate(
        """async () => {
          const { documentElement: root } = document;
          const wide = () => root.scrollWidth - root.clientWidth;
          const end = performance.now() + 2_000;
          while (wide() > 0 && performance.now() < end) await new Promise(requestAnimationFrame);
          return wide();
        }"""
    )
    assert wide <= 0, f"{page.url} is {wide} px too wide at {page.viewport_size}"
