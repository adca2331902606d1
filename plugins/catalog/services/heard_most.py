"""What everybody together heard most on some days, where so many listened that it shows nobody."""

from dataclasses import dataclass

import sqlalchemy as sa

from musicapp.database import session
from musicapp.spans import Span
from plugins.catalog.models import Artist, Song, SongDay
from plugins.catalog.services.months.community import FEWEST
from plugins.catalog.services.months.listeners import count_listeners
from plugins.catalog.services.visibility import is_public


@dataclass(frozen=True)
class HeardSong:
    """A song and how often it was heard."""

    id: int
    title: str
    artist_name: str
    plays: int


def heard_most(span: Span, limit: int) -> list[HeardSong]:
    """The public songs that were heard most, the first one first; none where fewer than five accounts listened."""
    if count_listeners(span.first, span.last) < FEWEST:
        return []
    plays = sa.func.sum(SongDay.plays)
    query = (
        sa.select(Song.id, Song.title, Artist.name, plays)
        .join(Song, Song.id == SongDay.song_id)
        .join(Artist, Artist.id == Song.artist_id)
        .where(SongDay.day.between(span.first, span.last), is_public(Song))
        .group_by(Song.id, Song.title, Artist.name)
        .having(plays > 0)
        .order_by(plays.desc(), Song.id)
        .limit(limit)
    )
    return [HeardSong(song_id, title, name, int(count)) for song_id, title, name, count in session().execute(query)]
