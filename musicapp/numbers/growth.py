"""How long the room on the disk lasts, judged by how what is taken grew in the last weeks."""

from collections.abc import Mapping
from datetime import date, timedelta
from math import floor

LOOKED_BACK = timedelta(days=28)
LEAST_DAYS = 7
MANY_YEARS_DAYS = 3 * 365


def days_left(used: Mapping[date, int], free: int) -> tuple[float | None, int]:
    """In how many days the free bytes are taken, and how many days that is judged by.

    None where nothing grew, and where fewer than seven days are known to judge by.
    """
    if not used:
        return None, 0
    last = max(used)
    first = min(day for day in used if day >= last - LOOKED_BACK)
    known = (last - first).days
    a_day = (used[last] - used[first]) / known if known else 0
    return (free / a_day if a_day > 0 and known >= LEAST_DAYS else None), known


def in_words(used: Mapping[date, int], free: int) -> str:
    """The same as a sentence."""
    left, known = days_left(used, free)
    if known < LEAST_DAYS:
        return "How long the room lasts can be said after a week."
    if left is None:
        return f"In {known} days nothing was added."
    if left > MANY_YEARS_DAYS:
        return f"As in the last {known} days, it lasts for years."
    days = floor(left)
    return f"As in the last {known} days, it is full in {days:,} {'day' if days == 1 else 'days'}."
