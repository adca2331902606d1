"""A browser whose password was right and whose code is still missing: nobody is signed in, its session remembers."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from flask import session

from musicapp.clock import now
from plugins.auth.services.entering import HalfWay

LASTS = timedelta(minutes=10)
KEY = "half_way"


@dataclass(frozen=True)
class HalfIn:
    """Whose password was right here, and whether this browser shall stay logged in."""

    half_way: HalfWay
    remember: bool


def begin_half_way(half_way: HalfWay, *, remember: bool) -> None:
    """Note in this browser's session, for ten minutes, that the password was right."""
    session[KEY] = {**asdict(half_way), "remember": remember, "at": now().timestamp()}


def half_in() -> HalfIn | None:
    """What this browser has proven less than ten minutes ago."""
    kept: dict[str, Any] | None = session.get(KEY)
    if kept is None or now().timestamp() - kept["at"] > LASTS.total_seconds():
        return None
    return HalfIn(HalfWay(kept["person_id"], kept["stamp"]), kept["remember"])


def end_half_way() -> None:
    session.pop(KEY, None)
