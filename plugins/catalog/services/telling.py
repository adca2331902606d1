"""Telling followers of new releases, some at a time, so that nothing waits for an artist whom many follow."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from musicapp.addresses import url_of
from musicapp.database import session, writing
from plugins.catalog.models import Album, Artist, Follow, Song
from plugins.catalog.services.marks import followers_of
from plugins.catalog.services.membership import accounts_of
from plugins.catalog.services.visibility import is_public
from plugins.inbox import services as inbox

KIND = "catalog.new_release"
BATCH = 1_000


@dataclass(frozen=True)
class Release:
    """What followers are told of: an `album` or a `song`. `cover_id` is None where it has no picture of its own."""

    kind: str
    id: int
    title: str
    artist_name: str
    artist_id: int
    cover_id: int | None
    created_at: datetime

    @property
    def named(self) -> dict[str, int]:
        """The id as addresses take it: `album_id` or `song_id`."""
        return {f"{self.kind}_id": self.id}


def public_release(kind: str, release_id: int) -> Release | None:
    """An album or song that is public now; None for one that is not, or not any more."""
    table = Album if kind == "album" else Song
    columns = (table.id, table.title, Artist.name, Artist.id, table.cover_id, table.created_at)
    query = sa.select(*columns).join(Artist, Artist.id == table.artist_id)
    found = session().execute(query.where(table.id == release_id, is_public(table))).first()
    return Release(kind, *found) if found else None


def tell_followers(release: Release, after_id: int = 0) -> int | None:
    """Tell the next 1,000 followers of a release, each once however often it is published.

    Answers the last whom it told, behind whom it goes on; None when all are told.
    """
    following = followers_of(release.artist_id).where(Follow.user_id > after_id).order_by(Follow.user_id).limit(BATCH)
    person_ids = list(session().scalars(following))
    others = set(person_ids) - set(accounts_of(release.artist_id))
    with writing():
        inbox.tell(
            others,
            KIND,
            # With its moment, for it may have the number of one that is gone for ever.
            key=f"{release.kind}-{release.id}-{release.created_at.isoformat()}",
            text=f"{release.artist_name} published “{release.title}”.",
            url=url_of(f"catalog.{release.kind}", **release.named),
            picture_url=picture_url(release),
        )
    return person_ids[-1] if len(person_ids) == BATCH else None


def picture_url(release: Release) -> str:
    if not release.cover_id:
        return ""
    return url_of(f"catalog.{release.kind}_cover", **release.named, size=96, v=release.cover_id)
