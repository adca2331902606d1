"""The word for when something is published, as forms and the API take it: `now`, `draft`, or a time."""

from datetime import datetime
from zoneinfo import ZoneInfo

from musicapp.clock import now
from musicapp.site.stored_settings import site_settings

NOT_A_MOMENT = "Say now, draft, or a time such as 2026-12-04T18:00."


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
