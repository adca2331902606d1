"""How an artist's followers grew, by day; who they are is theirs to tell."""

from collections.abc import Iterator
from itertools import groupby

import sqlalchemy as sa

from musicapp.database import session
from musicapp.jobs.ledger import site_zone
from musicapp.sheets import Value
from musicapp.snapshots import streamed
from musicapp.spans import Span
from plugins.catalog.models import Follow


def follower_day_count(person_id: int, artist_id: int, span: Span) -> int:
    """On how many days followers came, at the most."""
    return session().scalar(sa.select(sa.func.count()).where(Follow.artist_id == artist_id)) or 0


def follower_days(_person_id: int, artist_id: int, _span: Span) -> Iterator[tuple[Value, ...]]:
    """Each day on which somebody began to follow who still does: how many, and how many there were by then."""
    zone = site_zone()
    query = sa.select(Follow.since).where(Follow.artist_id == artist_id).order_by(Follow.since)
    days = (since.astimezone(zone).date() for (since,) in streamed(query))
    total = 0
    for day, came in groupby(days):
        new = sum(1 for _ in came)
        total += new
        yield (day, new, total)
