"""Whether the sound goes on without a break: the same element, no pause, its time keeping up with the clock.

A machine that is too busy to play holds up the clock of the browser's sound (an `AudioContext`) as well, which no break
of ours does: what is late by the clock on the wall alone is the machine's doing.
"""

from playwright.sync_api import Page, expect

# What a busy machine may be late by without a break.
LATE_S = 1.5
MORE_S = 0.5
SOUNDING = "document.querySelector('#player [data-on]')"

LISTEN = """async () => {
  const audio = document.querySelector("#player [data-on]");
  window.proof = { audio, breaks: [] };
  for (const name of ["pause", "emptied", "ended", "error"])
    audio.addEventListener(name, () => window.proof.breaks.push(name + " at " + location.pathname));
  const output = new AudioContext();
  await output.resume();
  window.proof.clocks = [() => performance.now() / 1000, () => output.currentTime];
  window.proof.began = window.proof.clocks.map((clock) => clock() - audio.currentTime);
}"""
LOOK = """() => {
  const audio = document.querySelector("#player [data-on]");
  return {
    same: Boolean(window.proof) && window.proof.audio === audio,
    breaks: window.proof ? window.proof.breaks : ["the window was loaded anew"],
    late: window.proof?.clocks.map((clock, at) => clock() - window.proof.began[at] - audio.currentTime),
    paused: audio.paused,
    at: audio.currentTime,
  };
}"""


def until(page: Page, condition: str) -> None:
    """Wait until this is true of the sounding `audio`."""
    page.wait_for_function(f"() => {{ const audio = {SOUNDING}; return {condition}; }}")


def begins(page: Page) -> None:
    """Wait until something is heard, and listen from there on."""
    until(page, "audio.currentTime > 0.3")
    expect(page.locator("#player").get_by_role("button", name="Pause")).to_be_visible()
    page.evaluate(LISTEN)


def goes_on(page: Page) -> None:
    """What has been heard since `begins`, and half a second more, is one unbroken stretch."""
    enough_s = page.evaluate(LOOK)["at"] + MORE_S
    until(page, f"!window.proof || window.proof.breaks.length || audio.currentTime > {enough_s}")
    seen = page.evaluate(LOOK)
    assert (seen["same"], seen["breaks"], seen["paused"]) == (True, [], False), page.url
    late_s = seen["late"]
    assert min(late_s) < LATE_S, f"{min(late_s):.2f} s behind both clocks at {page.url}"
    assert late_s[0] > -LATE_S, f"{-late_s[0]:.2f} s ahead of the clock at {page.url}"
