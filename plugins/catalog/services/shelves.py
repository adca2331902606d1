"""What the home page shows of music."""

from datetime import timedelta

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from plugins.catalog.models import Song, SongDay
from plugins.catalog.services.albums import list_albums
from plugins.catalog.services.listening import local_day
from plugins.catalog.services.persons import Person
from plugins.catalog.services.rows import AlbumCard, SongRow, song_columns, song_row
from plugins.catalog.services.visibility import visible_songs

DAYS = 7


def new_releases(person: Person | None, limit: int = 10) -> list[AlbumCard]:
    """The newest albums."""
    return list(list_albums(person, limit=limit).rows)


def new_songs(person: Person | None, limit: int = 10) -> list[SongRow]:
    """The newest songs that belong to no album."""
    query = song_columns(visible_songs(person).where(Song.album_id.is_(None)), person)
    newest = query.order_by(Song.published_at.desc(), Song.id.desc()).limit(limit)
    return [song_row(row) for row in session().execute(newest)]


def popular_this_week(person: Person | None, limit: int = 8) -> list[SongRow]:
    """The songs with the most plays of the last seven days."""
    since = local_day(now()) - timedelta(days=DAYS)
    week = (
        sa.select(SongDay.song_id, sa.func.sum(SongDay.plays).label("plays"))
        .where(SongDay.day > since)
        .group_by(SongDay.song_id)
        .having(sa.func.sum(SongDay.plays) > 0)
        .subquery()
    )
    query = song_columns(visible_songs(person).join(week, week.c.song_id == Song.id), person)
    most = query.order_by(week.c.plays.desc(), Song.id.desc()).limit(limit)
    return [song_row(row) for row in session().execute(most)]
