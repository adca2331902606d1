"""Music that everybody may hear since a short while: albums, and songs of no album."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from musicapp.addresses import url_of
from musicapp.database import session
from musicapp.days import within_days
from plugins.catalog.models import Album, Artist, Song
from plugins.catalog.services.visibility import is_public

Condition = sa.ColumnElement[bool]
MOST = 1_000


@dataclass(frozen=True)
class NewRelease:
    """An album or a song that went public; `cover_id` is None where it has no picture of its own."""

    kind: str
    id: int
    title: str
    artist_name: str
    cover_id: int | None
    created_at: datetime
    published_at: datetime

    @property
    def key(self) -> str:
        """What tells it from all others, also from one that is gone and whose number it has."""
        return f"{self.kind}-{self.id}-{self.created_at.isoformat()}"

    @property
    def url(self) -> str:
        return url_of(f"catalog.{self.kind}", **{f"{self.kind}_id": self.id})

    @property
    def picture_url(self) -> str:
        if not self.cover_id:
            return ""
        return url_of(f"catalog.{self.kind}_cover", **{f"{self.kind}_id": self.id}, size=600, v=self.cover_id)


def released_between(since: datetime, until: datetime) -> list[NewRelease]:
    """What went public later than one moment and not later than another, the oldest first."""
    return releases(lambda table: sa.and_(table.published_at > since, table.published_at <= until))


def released_on(first: date, last: date) -> list[NewRelease]:
    """What went public on some days of the site's clock, the oldest first."""
    return releases(lambda table: within_days(table.published_at, first, last))


def releases(when: Any) -> list[NewRelease]:
    """Public albums of which at least one song can be heard, and public songs of no album; at most 1,000 of each."""
    can_be_heard = sa.exists().where(Song.album_id == Album.id, is_public(Song)).correlate(Album)
    found = [
        *rows_of("album", Album, when(Album), can_be_heard),
        *rows_of("song", Song, when(Song), Song.album_id.is_(None)),
    ]
    return sorted(found, key=lambda release: (release.published_at, release.kind, release.id))


def rows_of(kind: str, table: type[Album] | type[Song], *conditions: Condition) -> list[NewRelease]:
    columns = (table.id, table.title, Artist.name, table.cover_id, table.created_at, table.published_at)
    query = sa.select(*columns).join(Artist, Artist.id == table.artist_id).where(is_public(table), *conditions)
    rows: Any = session().execute(query.order_by(table.published_at, table.id).limit(MOST))
    return [NewRelease(kind, *row) for row in rows]
