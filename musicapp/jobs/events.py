"""What jobs tell others."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class JobDied:
    """A job was given up; whoever made it can say so where people wait for it."""

    job_id: int
    kind: str
    payload: dict[str, Any]
    last_error: str


@dataclass(frozen=True)
class JobCancelled:
    """A job was cancelled while it waited or ran; what it wrote until then stays, and nothing more is written."""

    job_id: int
    kind: str
    payload: dict[str, Any]
