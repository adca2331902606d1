"""What is hidden along: an artist's albums and songs, an album's songs. Each row says for itself what came of it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from musicapp.database import UNSYNCED, session
from plugins.catalog.models import Album, Artist, Song

# What is kept from listeners, or has the mark of moderators: the same file anew would be heard without either.
IS_NOT_TAKEN_ANEW = sa.or_(
    Song.removed_at.is_not(None),
    Song.flagged_at.is_not(None),
    sa.and_(Song.hidden_at.is_not(None), Song.state != "unreadable"),
    Song.explicit_said.is_not(None),
)


def hidden_since(artist_id: int, album_id: int | None = None, flagged_at: datetime | None = None) -> Any:
    """Since when music of this artist and album is hidden with them, or for itself, as SQL; NULL when it is not."""
    of_artist = sa.select(Artist.hidden_at).where(Artist.id == artist_id).scalar_subquery()
    of_album = sa.select(Album.hidden_at).where(Album.id == album_id).scalar_subquery()
    return sa.func.coalesce(sa.literal(flagged_at, Song.hidden_at.type), of_album, of_artist)


def settle_albums(which: sa.ColumnElement[bool]) -> None:
    """Let these albums be hidden for themselves or with their artist, or not at all; inside `writing()`."""
    of_artist = sa.select(Artist.hidden_at).where(Artist.id == Album.artist_id).correlate(Album).scalar_subquery()
    settle(Album, which, sa.func.coalesce(Album.flagged_at, of_artist))


def settle_songs(which: sa.ColumnElement[bool]) -> None:
    """Let these songs be hidden for themselves, with their album or their artist, or not at all; inside `writing()`."""
    of_artist = sa.select(Artist.hidden_at).where(Artist.id == Song.artist_id).correlate(Song).scalar_subquery()
    of_album = sa.select(Album.hidden_at).where(Album.id == Song.album_id).correlate(Song).scalar_subquery()
    settle(Song, which, sa.func.coalesce(Song.flagged_at, of_album, of_artist))


def settle(table: type[Song] | type[Album], which: sa.ColumnElement[bool], since: sa.ColumnElement[Any]) -> None:
    """Write since when rows are hidden where something else stands, past the versions of their artists' own changes."""
    other = sa.update(table).where(which, table.hidden_at.is_distinct_from(since))
    session().execute(other.values(hidden_at=since), execution_options=UNSYNCED)
