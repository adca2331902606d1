"""Music that an artist has here already: the same file, which is refused and named."""

import sqlalchemy as sa

from musicapp.database import session
from musicapp.errors import Conflict
from musicapp.storage import StoredFile
from plugins.catalog.models import Song


class HereAlready(Conflict):
    """The artist has made a song of the same file; `song_id` names it."""

    def __init__(self, name: str, title: str, song_id: int) -> None:
        super().__init__(
            f"“{name}” is here already, as “{title}”.", {"audio": [f"This is here already, as “{title}”."]}
        )
        self.song_id = song_id


def refuse_duplicate(artist_id: int, file: StoredFile, name: str) -> None:
    """Raise HereAlready with the song that an artist has made of the same file."""
    same = sa.select(Song.id, Song.title).where(
        Song.artist_id == artist_id,
        Song.audio_sha256 == file.sha256,
        Song.deleted_at.is_(None),
        Song.state != "unreadable",
    )
    found = session().execute(same.limit(1)).one_or_none()
    if found is not None:
        raise HereAlready(name, found.title, found.id)
