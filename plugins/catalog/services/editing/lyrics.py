"""What is odd about lyrics as they are written, line by line, for who writes them."""

import re
from dataclasses import dataclass

from plugins.catalog.lyrics import TAG, lines_of, stamped, timed_lines

BRACKET = re.compile(r"\s*\[[^\]\n]{0,40}\]?")
LOOKS_LIKE_A_TIME = re.compile(r"\s*\[?\s*\d+\s*[:.]\s*\d+")
MOST_SAID = 20


@dataclass(frozen=True)
class OddLine:
    """A line of lyrics, counted from 1, and what is wrong with it."""

    line: int
    sentence: str


def odd_lines(text: str, duration_s: float | None = None) -> list[OddLine]:
    """The lines of lyrics that will not do what they seem to: times that are none, go back or pass the song's end."""
    is_timed = bool(timed_lines(text))
    found: list[OddLine] = []
    latest = 0.0
    for number, line in enumerate(lines_of(text), start=1):
        if not line or TAG.fullmatch(line):
            continue
        times, _ = stamped(line)
        sentence = untimed(line, is_timed) if not times else mistimed(times, latest, duration_s)
        latest = max([latest, *times[:1]])
        if sentence:
            found.append(OddLine(number, f"Line {number}: {sentence}"))
    return found[:MOST_SAID]


def untimed(line: str, is_timed: bool) -> str:
    """What is wrong with a line without a time; nothing in plain lyrics that only have a word in brackets."""
    begins = BRACKET.match(line)
    if (begins and LOOKS_LIKE_A_TIME.match(line)) or (LOOKS_LIKE_A_TIME.match(line) and is_timed):
        return f"“{line.strip()[:20]}” is no time. Write minutes and seconds such as [01:15.00]."
    return "this line has no time; it is shown together with the line before." if is_timed else ""


def mistimed(times: list[float], latest: float, duration_s: float | None) -> str:
    """What is wrong with the times of a line; those that go on from line to line are the first of each."""
    if duration_s is not None and max(times) > duration_s:
        return f"the song ends at {clock(duration_s)}, before this time."
    if len(times) == 1 and times[0] < latest:
        return f"this time is before that of an earlier line ({clock(latest)})."
    return ""


def clock(seconds: float) -> str:
    return f"{int(seconds) // 60:02}:{int(seconds) % 60:02}"
