"""How soon a page of the running site is seen, how much moves on it, and what its first visit transfers.

    python bench/paint.py --url http://127.0.0.1:5000

Each page is opened several times in a Chromium with an empty cache, as a first visit, and the median is told:
the largest contentful paint and the cumulative layout shift as the browser itself measures them, and the compressed
size of scripts and styles together. Only the own machine is asked. Exit status 0: every page was within the goals.
"""

import argparse
import statistics
import sys
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

PAGES = (
    "/", "/browse", "/new", "/popular", "/random", "/songs", "/albums", "/artists", "/genres", "/years",
    "/albums/1", "/artists/1", "/songs/1", "/genres/1", "/search?q=the",
)  # fmt: skip
LOOPBACK = ("127.0.0.1", "localhost", "::1")
PAINT_MS, MOVED, CODE_KB = 1000, 0.02, 100
SETTLED_MS = 500
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
MEASURE = """() => {
  window.seen = { paint: 0, moved: 0 };
  const observe = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  observe("largest-contentful-paint", (entry) => { window.seen.paint = entry.startTime; });
  observe("layout-shift", (entry) => { if (!entry.hadRecentInput) window.seen.moved += entry.value; });
}"""
TOLD = """() => ({
  ...window.seen,
  code: performance.getEntriesByType("resource")
    .filter(({ initiatorType, name }) => initiatorType === "script" || name.includes(".css"))
    .reduce((sum, entry) => sum + entry.encodedBodySize, 0),
  wait: performance.getEntriesByType("navigation")[0].responseStart,
})"""


@dataclass(frozen=True)
class Visit:
    """What one first visit showed; times since it began."""

    wait_ms: float
    paint_ms: float
    moved: float
    code_kb: float


def visit(browser: Browser, url: str, width: int) -> Visit:
    """Open a page as somebody who was never here."""
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    page.add_init_script(f"({MEASURE})()")
    answer = page.goto(url, wait_until="load")
    if answer is None or not answer.ok:
        raise SystemExit(f"{url} answers {answer.status if answer else 'nothing'}.")
    told = settled(page)
    context.close()
    return Visit(told["wait"], told["paint"], told["moved"], told["code"] / 1000)


def settled(page: Page) -> dict[str, float]:
    page.wait_for_timeout(SETTLED_MS)
    told: dict[str, float] = page.evaluate(TOLD)
    return told


def median_of(visits: list[Visit]) -> Visit:
    columns = zip(*((one.wait_ms, one.paint_ms, one.moved, one.code_kb) for one in visits), strict=True)
    return Visit(*map(statistics.median, columns))


def within(seen: Visit) -> bool:
    return seen.paint_ms < PAINT_MS and seen.moved <= MOVED and seen.code_kb <= CODE_KB


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--url", default="http://127.0.0.1:5000", help="the site")
    options.add_argument("--pages", nargs="*", default=PAGES, help="paths to open")
    options.add_argument("--visits", type=int, default=5, choices=range(1, 21), metavar="1–20", help="of each page")
    options.add_argument("--widths", type=int, nargs="*", default=[1280, 390], help="of the window, in px")
    options.add_argument("--browser", default="/usr/bin/chromium", help="the Chromium to drive")
    asked = options.parse_args()
    if urlsplit(asked.url).hostname not in LOOPBACK:
        raise SystemExit("Only addresses of this machine are asked.")
    good = True
    print(f"{'page':<24}{'width':>6}{'first byte':>12}{'paint':>10}{'moved':>8}{'code':>10}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=asked.browser, args=list(FLAGS))
        for path in asked.pages:
            for width in asked.widths:
                seen = median_of([visit(browser, asked.url + path, width) for _ in range(asked.visits)])
                good = good and within(seen)
                times = f"{seen.wait_ms:>9.0f} ms{seen.paint_ms:>7.0f} ms"
                print(f"{path:<24}{width:>6}{times}{seen.moved:>8.3f}{seen.code_kb:>7.1f} KB", flush=True)
        browser.close()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
