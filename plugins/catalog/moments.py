"""Words for when something is published, as forms and the API take it and as pages say it."""

from datetime import datetime
from math import ceil
from zoneinfo import ZoneInfo

from musicapp.clock import now
from musicapp.pages import day
from musicapp.site.stored_settings import site_settings

NOT_A_MOMENT = "Say now, draft, or a time such as 2026-12-04T18:00."
UNITS_S = (("day", 86_400), ("hour", 3_600), ("minute", 60))


def publication(word: str) -> datetime | None:
    """The moment of publication, None for a draft; a time without a zone is the site's. Raises ValueError."""
    if word == "draft":
        return None
    if word == "now":
        return now()
    try:
        moment = datetime.fromisoformat(word)
    except ValueError:
        raise ValueError(NOT_A_MOMENT) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(site_settings().time_zone))


def until(moment: datetime) -> str:
    """How long it is until a moment ahead: “in 3 days”, “in 5 hours”, “in 20 minutes”."""
    seconds = max(0.0, (moment - now()).total_seconds())
    unit, size = next(((unit, size) for unit, size in UNITS_S if seconds >= 2 * size), UNITS_S[-1])
    count = max(1, round(seconds / size))
    return f"in {count} {unit}{'s' if count > 1 else ''}"


def days_left(moment: datetime) -> int:
    """The days until a moment ahead, the last one as 1."""
    return max(0, ceil((moment - now()).total_seconds() / 86_400))


def ago(moment: datetime) -> str:
    """How long ago a moment was: “just now”, “5 minutes ago”, “3 hours ago”, “yesterday”, then its day."""
    seconds = (now() - moment).total_seconds()
    if seconds < 60:
        return "just now"
    if seconds < 86_400:
        unit, size = ("hour", 3_600) if seconds >= 3_600 else ("minute", 60)
        count = int(seconds // size)
        return f"{count} {unit}{'s' if count > 1 else ''} ago"
    return "yesterday" if seconds < 2 * 86_400 else day(moment)
