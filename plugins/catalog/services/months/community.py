"""What all listeners of the site did in a span, in few numbers that show nobody by themselves."""

from dataclasses import dataclass

import sqlalchemy as sa

from musicapp.database import session
from musicapp.days import within_days
from musicapp.spans import Span
from plugins.catalog.models import Album, Song, SongDay
from plugins.catalog.services.months.listeners import count_listeners
from plugins.catalog.services.visibility import public_albums, public_songs

FEWEST = 5


@dataclass(frozen=True)
class Community:
    """How many accounts heard something and how much all heard, None where they are so few that it would show what
    single ones did; and what came out."""

    listeners: int | None
    heard_ms: int | None
    albums: int
    songs: int


def community_of(span: Span) -> Community:
    """The community in a span."""
    listeners = count_listeners(span.first, span.last)
    heard = sa.select(sa.func.coalesce(sa.func.sum(SongDay.heard_ms), 0))
    heard = heard.where(SongDay.day.between(span.first, span.last))
    albums = public_albums().where(within_days(Album.published_at, span.first, span.last))
    songs = public_songs().where(within_days(Song.published_at, span.first, span.last))
    numbers = sa.select(
        heard.scalar_subquery(),
        albums.with_only_columns(sa.func.count(Album.id)).scalar_subquery(),
        songs.with_only_columns(sa.func.count(Song.id)).scalar_subquery(),
    )
    heard_ms, albums_count, songs_count = session().execute(numbers).one()
    are_many = listeners >= FEWEST
    return Community(
        listeners if are_many else None, int(heard_ms) if are_many else None, int(albums_count), int(songs_count)
    )
