"""The playlists that somebody changed last, as the sidebar of every page names them: one statement, small covers."""

from dataclasses import dataclass

import sqlalchemy as sa

from musicapp.database import session
from plugins.catalog.services import Person
from plugins.playlists.models import Collaborator, Playlist
from plugins.playlists.services.pictures import Picture, covers_inside, pictures


@dataclass(frozen=True)
class LatestPlaylist:
    """A playlist by its name and its first cover."""

    id: int
    name: str
    picture: Picture | None

    @property
    def covers(self) -> list[str]:
        """The address of its cover, if it has one, at 96 px."""
        return [self.picture.url(96)] if self.picture else []


def latest_playlists(person: Person, limit: int) -> list[LatestPlaylist]:
    """Somebody's own playlists and those that they keep with others, what changed last first."""
    edits = sa.select(Collaborator.playlist_id).where(Collaborator.user_id == person.id, Collaborator.role == "editor")
    with_others = sa.and_(Playlist.id.in_(edits), Playlist.hidden_at.is_(None))
    theirs = sa.or_(Playlist.owner_id == person.id, with_others)
    query = (
        sa.select(Playlist.id, Playlist.name, Playlist.cover_id, Playlist.tint, covers_inside(person))
        .where(theirs, Playlist.deleted_at.is_(None))
        .order_by(Playlist.changed_at.desc(), Playlist.id.desc())
        .limit(limit)
    )
    return [
        LatestPlaylist(id_, name, next(iter(pictures(id_, cover_id, tint, inside)), None))
        for id_, name, cover_id, tint, inside in session().execute(query)
    ]
