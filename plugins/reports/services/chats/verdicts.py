"""What a chat's answer means for a post: it is there, it may be taken later, or it never will be."""

import json
from dataclasses import dataclass
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime

from musicapp.clock import now
from musicapp.reaching import Answer

LONGEST_ANSWER = 300
LONGEST_WAIT = timedelta(days=1)
LATER = {408, 425, 429}
GONE = {404, 410}


@dataclass(frozen=True)
class Verdict:
    """How a try ended: `sent`, `later` or `failed`, with the chat's words or ours, and the status that it answered.

    `wait` is how long the chat asks to be left alone.
    """

    state: str
    words: str
    status: int | None = None
    wait: timedelta = timedelta()


def verdict_on(answer: Answer) -> Verdict:
    """What an answer means."""
    status, said = answer.status, said_by(answer)[:LONGEST_ANSWER]
    if 200 <= status < 300:
        return Verdict("sent", said, status)
    if 300 <= status < 400:
        return Verdict(
            "failed", "It leads to another address, which is not followed. Give the one it leads to.", status
        )
    if status >= 500 or status in LATER:
        return Verdict("later", said, status, wait_of(answer.headers.get("retry-after", "")))
    if status in GONE:
        return Verdict("failed", f"The chat is gone, or its address was taken back. {said}".strip(), status)
    return Verdict("failed", said, status)


def said_by(answer: Answer) -> str:
    """The message of an answer in JSON, as Google Chat and Discord give it, else the first line."""
    try:
        said = json.loads(answer.body)
    except ValueError:
        return answer.first_line
    error = said.get("error", said) if isinstance(said, dict) else None
    message = error.get("message") if isinstance(error, dict) else None
    return " ".join(message.split()) if isinstance(message, str) else answer.first_line


def wait_of(written: str) -> timedelta:
    """What `Retry-After` asks for, in seconds or as a date; at most a day, and nothing for what cannot be read."""
    try:
        if written.replace(".", "", 1).isdecimal():
            asked = timedelta(seconds=min(float(written), LONGEST_WAIT.total_seconds()))
        else:
            at = parsedate_to_datetime(written)
            asked = (at if at.tzinfo else at.replace(tzinfo=UTC)) - now()
    except (ValueError, TypeError, OverflowError):
        return timedelta()
    return max(timedelta(), min(asked, LONGEST_WAIT))
