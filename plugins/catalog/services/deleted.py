"""What artists deleted and can still bring back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from musicapp.appeals import kept_when_removed
from musicapp.clock import now
from musicapp.database import session
from plugins.catalog.models import Album, Song
from plugins.catalog.services.limits import limits
from plugins.catalog.services.persons import Person
from plugins.catalog.services.visibility import is_theirs

SHOWN = 50


@dataclass(frozen=True)
class Deleted:
    """A deleted song, or an album with the songs that went with it; from `gone_at` on it cannot be brought back, and
    while it is `removed` by moderators only they can."""

    kind: str
    id: int
    title: str
    deleted_at: datetime
    gone_at: datetime
    removed: bool


def deleted_music(person: Person) -> list[Deleted]:
    """What somebody can bring back, and what moderators removed, the latest first; songs go with their album."""
    kept, for_appeals = timedelta(days=limits().restorable_days), kept_when_removed(limits().removed_days)
    since = now() - kept
    with_album = sa.exists().where(Album.id == Song.album_id, Album.deleted_at.is_not(None)).correlate(Song)
    songs = rows_of("song", Song, since).where(is_theirs(person, Song.artist_id), ~with_album)
    albums = rows_of("album", Album, since).where(is_theirs(person, Album.artist_id))
    both = sa.union_all(songs, albums).subquery()
    latest = sa.select(both).order_by(both.c.deleted_at.desc(), both.c.id.desc()).limit(SHOWN)
    return [
        Deleted(
            kind,
            id_,
            title,
            deleted_at,
            removed_at + for_appeals if removed_at else deleted_at + kept,
            bool(removed_at),
        )
        for kind, id_, title, deleted_at, removed_at in session().execute(latest)
    ]


def rows_of(
    kind: str, table: type[Song] | type[Album], since: datetime
) -> sa.Select[str, int, str, datetime | None, datetime | None]:
    columns = (sa.literal(kind).label("kind"), table.id, table.title, table.deleted_at, table.removed_at)
    return sa.select(*columns).where(sa.or_(table.deleted_at > since, table.removed_at.is_not(None)))
