"""What artists deleted and can still bring back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from musicapp.clock import now
from musicapp.database import session
from plugins.catalog.models import Album, Song
from plugins.catalog.services.limits import limits
from plugins.catalog.services.persons import Person
from plugins.catalog.services.visibility import is_theirs

SHOWN = 50


@dataclass(frozen=True)
class Deleted:
    """A deleted song, or an album with the songs that went with it; from `gone_at` on it cannot be brought back."""

    kind: str
    id: int
    title: str
    deleted_at: datetime
    gone_at: datetime


def deleted_music(person: Person) -> list[Deleted]:
    """What somebody can bring back, the latest first; the songs of a deleted album go with it."""
    kept = timedelta(days=limits().restorable_days)
    since = now() - kept
    with_album = sa.exists().where(Album.id == Song.album_id, Album.deleted_at.is_not(None)).correlate(Song)
    songs = sa.select(sa.literal("song").label("kind"), Song.id, Song.title, Song.deleted_at).where(
        Song.deleted_at > since, is_theirs(person, Song.artist_id), ~with_album
    )
    albums = sa.select(sa.literal("album").label("kind"), Album.id, Album.title, Album.deleted_at).where(
        Album.deleted_at > since, is_theirs(person, Album.artist_id)
    )
    both = sa.union_all(songs, albums).subquery()
    latest = sa.select(both).order_by(both.c.deleted_at.desc(), both.c.id.desc()).limit(SHOWN)
    found = session().execute(latest)
    return [Deleted(row.kind, row.id, row.title, row.deleted_at, row.deleted_at + kept) for row in found]
