"""What the home page shows of music."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from plugins.catalog.models import Album, Song, SongDay
from plugins.catalog.services.albums import list_albums
from plugins.catalog.services.history.hours import local_day
from plugins.catalog.services.kept import LISTS
from plugins.catalog.services.persons import Person, may_browse
from plugins.catalog.services.rows import (
    SONG_COLUMNS,
    AlbumCard,
    SongRow,
    album_card,
    album_columns,
    song_columns,
    song_row,
)
from plugins.catalog.services.visibility import visible_albums, visible_songs

DAYS = 7


@dataclass(frozen=True)
class Shelves:
    """What the front page shows, the same for everybody; `feature` is the album that was played most this week."""

    albums: list[AlbumCard]
    feature: AlbumCard | None
    singles: list[SongRow]
    popular: list[SongRow]


def front_shelves(person: Person | None) -> Shelves:
    """What the front page shows of music."""
    if not may_browse(person):
        return Shelves([], None, [], [])
    return LISTS.remember(Shelves, "front", lambda: stocked_shelves(person))


def stocked_shelves(person: Person | None) -> Shelves:
    return Shelves(new_releases(person), album_of_the_week(person), new_songs(person), popular_this_week(person))


def new_releases(person: Person | None, limit: int = 10) -> list[AlbumCard]:
    """The newest albums."""
    return list(list_albums(person, limit=limit).rows)


def new_songs(person: Person | None, limit: int = 10) -> list[SongRow]:
    """The newest songs that belong to no album."""
    query = song_columns(visible_songs(person).where(Song.album_id.is_(None)), person, as_public=True)
    newest = query.order_by(Song.published_at.desc(), Song.id.desc()).limit(limit)
    return [song_row(row) for row in session().execute(newest)]


def popular_this_week(person: Person | None, limit: int = 8) -> list[SongRow]:
    """The songs with the most plays of the last seven days; `plays` are those of the week."""
    week = plays_of_the_week(SongDay.song_id)
    songs = song_columns(visible_songs(person).join(week, week.c.id == Song.id), person, as_public=True)
    most = songs.add_columns(week.c.plays).order_by(week.c.plays.desc(), Song.id.desc()).limit(limit)
    return [replace(song_row(row), plays=int(row[SONG_COLUMNS])) for row in session().execute(most)]


def album_of_the_week(person: Person | None) -> AlbumCard | None:
    """The album whose songs were played most in the last seven days; None while nothing was."""
    week = plays_of_the_week(Song.album_id)
    query = album_columns(visible_albums(person).join(week, week.c.id == Album.id))
    row = session().execute(query.order_by(week.c.plays.desc(), Album.id.desc()).limit(1)).first()
    return album_card(row) if row else None


def plays_of_the_week(group: sa.SQLColumnExpression[Any]) -> sa.Subquery:
    """The plays of each song, or of each album, in the last seven days."""
    since = local_day(now()) - timedelta(days=DAYS)
    plays = sa.func.sum(SongDay.plays)
    # Grouped by the bare id, SQLite would walk through the days of all years in the order of their key.
    of = sa.type_coerce(group, sa.Integer) + sa.literal_column("0")
    sums = sa.select(of.label("id"), plays.label("plays")).join_from(SongDay, Song, Song.id == SongDay.song_id)
    return sums.where(SongDay.day > since).group_by(of).having(plays > 0).subquery()
