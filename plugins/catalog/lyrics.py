"""Lyrics as artists write them: plain, or timed line by line in LRC. Pure: knows no song and no request."""

import re
from dataclasses import dataclass

LONGEST_TEXT = 200_000
MOST_LINES = 5_000
STAMP = re.compile(r"\s*\[(\d{1,3}):([0-5]?\d)(?:[.:](\d{1,3}))?\]")
WORD_STAMP = re.compile(r"<\d{1,3}:[0-5]?\d(?:[.:]\d{1,3})?>\s?")
TAG = re.compile(r"\[(al|ar|au|by|id|la|length|lr|offset|re|ti|tool|ve|#)\s*:(.*)\]", re.IGNORECASE)
OFFSET_MS = re.compile(r"\s*([+-]?\d{1,7})\s*")


@dataclass(frozen=True, slots=True)
class TimedLine:
    """A line and the second of the song at which it begins; without words the singing pauses."""

    at_s: float
    words: str


def timed_lines(text: str) -> list[TimedLine]:
    """The lines of timed lyrics in the order in which they are sung; none when the text is plain.

    A line may carry several times; one without a time follows the line before it. `[offset:500]` lets every line come
    500 ms sooner. At most 5,000 lines are read.
    """
    offset_s = 0.0
    times = [0.0]
    found: list[TimedLine] = []
    is_timed = False
    for line in lines_of(text):
        if tag := TAG.fullmatch(line):
            offset_s = offset_of(tag) or offset_s
            continue
        stamps, words = stamped(line)
        is_timed = is_timed or bool(stamps)
        times = stamps or times
        if stamps or words:
            found += [TimedLine(at_s, words) for at_s in times]
        if len(found) >= MOST_LINES:
            break
    if not is_timed:
        return []
    moved = [TimedLine(round(max(0.0, line.at_s - offset_s), 3), line.words) for line in found[:MOST_LINES]]
    return sorted(moved, key=lambda line: line.at_s)


def plain_words(text: str) -> str:
    """Lyrics to be read: of timed ones the words alone, in the order in which they are sung."""
    timed = timed_lines(text)
    return "\n".join(line.words for line in timed).strip("\n") if timed else "\n".join(lines_of(text)).strip("\n")


def lines_of(text: str) -> list[str]:
    """The lines of a text, whatever ends them, without a byte order mark."""
    return [line.rstrip() for line in re.split(r"\r\n|\r|\n", text[:LONGEST_TEXT].removeprefix("\ufeff"))]


def stamped(line: str) -> tuple[list[float], str]:
    """The times at the head of a line, in seconds, and the words after them."""
    times = []
    at = 0
    while stamp := STAMP.match(line, at):
        minutes, seconds, fraction = stamp.groups()
        times.append(int(minutes) * 60 + float(f"{seconds}.{fraction or 0}"))
        at = stamp.end()
    return times, WORD_STAMP.sub("", line[at:]).strip() if times else line


def offset_of(tag: re.Match[str]) -> float | None:
    """By how many seconds an offset tag lets all lines come sooner; None for other tags."""
    value = OFFSET_MS.fullmatch(tag[2]) if tag[1].lower() == "offset" else None
    return int(value[1]) / 1000 if value else None
