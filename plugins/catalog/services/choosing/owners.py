"""What rules know of the listener whose list it is: their plays, stars, hearts and the artists that they follow.

Each is a subquery that an index of one listener answers, so that it costs what they heard, not what there is.
"""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from musicapp.clock import now
from plugins.catalog.models import FavouriteSong, Follow, Play, Rating

Ids = sa.Select[Any]
YEAR = timedelta(days=365)


def plays_of(owner_id: int, since: datetime | None = None) -> sa.Select[Any]:
    """Their plays that counted, perhaps only those since a moment."""
    plays = sa.select(Play.song_id).where(Play.listener_id == owner_id, Play.counted)
    return plays.where(Play.started_at >= since) if since is not None else plays


def heard_often(owner_id: int, least: int, since: datetime | None = None) -> Ids:
    """The songs that they heard so many times at the least."""
    return plays_of(owner_id, since).group_by(Play.song_id).having(sa.func.count() >= least)


def heard_by(owner_id: int, since: datetime | None = None) -> sa.Subquery:
    """Each song that they heard, with `plays` and `last_at`."""
    counted = plays_of(owner_id, since).group_by(Play.song_id)
    return counted.add_columns(sa.func.count().label("plays"), sa.func.max(Play.started_at).label("last_at")).subquery(
        "heard"
    )


def a_year_ago() -> datetime:
    return now() - YEAR


def rated_by(owner_id: int, least: int = 1, most: int = 5) -> Ids:
    """The songs to which they gave so many stars."""
    return sa.select(Rating.song_id).where(Rating.user_id == owner_id, Rating.stars.between(least, most))


def favourites_of(owner_id: int) -> Ids:
    return sa.select(FavouriteSong.song_id).where(FavouriteSong.user_id == owner_id)


def followed_by(owner_id: int) -> Ids:
    """The artists that they follow."""
    return sa.select(Follow.artist_id).where(Follow.user_id == owner_id)
