"""What an artist brought out in a span, to be named where a chart shows it."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from musicapp.pages import local
from plugins.catalog.models import Album, Song
from plugins.catalog.services.visibility import is_public

MOST = 12


@dataclass(frozen=True)
class Release:
    """An album, or a song without one, and the day on the site's clock on which it came out."""

    title: str
    day: date


def releases_between(artist_id: int, begins: datetime, ends: datetime) -> list[Release]:
    """The latest releases of a span, the earliest of them first."""
    ends = min(ends, now())
    albums = sa.select(Album.title, Album.published_at).where(Album.artist_id == artist_id, is_public(Album))
    albums = albums.where(Album.published_at >= begins, Album.published_at < ends)
    songs = sa.select(Song.title, Song.published_at).where(Song.artist_id == artist_id, is_public(Song))
    songs = songs.where(Song.album_id.is_(None), Song.published_at >= begins, Song.published_at < ends)
    both = sa.union_all(albums, songs).subquery()
    latest = sa.select(both).order_by(both.c.published_at.desc()).limit(MOST)
    rows = session().execute(latest).all()
    return [Release(title, local(published_at).date()) for title, published_at in reversed(rows)]
