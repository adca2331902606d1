"""What chats of moderators are told as it happens: that something waits which did not wait before."""

from datetime import datetime

import sqlalchemy as sa

from musicapp.database import session
from plugins.moderation.links import case_url
from plugins.moderation.models import Case
from plugins.moderation.services.queue import WAITING
from plugins.moderation.services.subjects import word_for

MOST = 50


def opened_between(since: datetime, until: datetime) -> list[tuple[str, str, str, str]]:
    """The cases that began to wait and still do, as `(key, text, url, picture_url)`, the oldest first."""
    opened = sa.and_(Case.opened_at > since, Case.opened_at <= until, Case.state.in_(WAITING))
    cases = session().scalars(sa.select(Case).where(opened).order_by(Case.opened_at, Case.id).limit(MOST))
    return [
        (
            f"moderation-{case.id}-{case.opened_at:%Y%m%dT%H%M%S}",
            f"Reported: {word_for(case.kind)} “{case.title}”. It waits for a moderator.",
            case_url(case.id),
            case.shown.get("picture_url", ""),
        )
        for case in cases
    ]
