"""Whether the sound goes on without a break: the same element, no pause, its time keeping up with the clock."""

from playwright.sync_api import Page, expect

LATE_S = 0.5

LISTEN = """() => {
  const audio = document.querySelector("#player [data-on]");
  window.proof = { audio, breaks: [] };
  for (const name of ["pause", "emptied", "ended", "error"])
    audio.addEventListener(name, () => window.proof.breaks.push(name + " at " + location.pathname));
  window.proof.began = performance.now() / 1000 - audio.currentTime;
}"""
LOOK = """() => {
  const audio = document.querySelector("#player [data-on]");
  return {
    same: Boolean(window.proof) && window.proof.audio === audio,
    breaks: window.proof ? window.proof.breaks : ["the window was loaded anew"],
    late: window.proof ? performance.now() / 1000 - window.proof.began - audio.currentTime : 999,
    paused: audio.paused,
  };
}"""


def begins(page: Page) -> None:
    """Wait until something is heard, and listen from there on."""
    page.wait_for_function("() => document.querySelector('#player [data-on]').currentTime > 0.3", timeout=15_000)
    expect(page.locator("#player").get_by_role("button", name="Pause")).to_be_visible()
    page.evaluate(LISTEN)


def goes_on(page: Page) -> None:
    """What has been heard since `begins` is one unbroken stretch."""
    seen = page.evaluate(LOOK)
    assert (seen["same"], seen["breaks"], seen["paused"]) == (True, [], False), page.url
    assert abs(seen["late"]) < LATE_S, f"{seen['late']:.2f} s behind the clock at {page.url}"
