"""Music that an artist has here already: the same file, which is refused, and the same sound, which is named."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from musicapp.database import session
from musicapp.errors import Conflict
from musicapp.storage import StoredFile
from plugins.catalog.models import Song
from plugins.catalog.services.moderating.along import IS_NOT_TAKEN_ANEW
from plugins.catalog.services.persons import Person
from plugins.catalog.services.repetition import is_repeated
from plugins.catalog.services.visibility import is_known_to


class HereAlready(Conflict):
    """The artist has made a song of the same file; `song_id` names it."""

    def __init__(self, name: str, title: str, song_id: int) -> None:
        super().__init__(
            f"“{name}” is here already, as “{title}”.", {"audio": [f"This is here already, as “{title}”."]}
        )
        self.song_id = song_id


def refuse_duplicate(artist_id: int, file: StoredFile, name: str) -> None:
    """Raise HereAlready with the song that an artist has made of the same file, Conflict where moderators removed that
    or it was deleted while they hid it."""
    same = sa.select(Song.id, Song.title).where(
        Song.artist_id == artist_id,
        Song.audio_sha256 == file.sha256,
        Song.deleted_at.is_(None),
        Song.state != "unreadable",
    )
    found = session().execute(same.limit(1)).one_or_none()
    if found is not None:
        raise HereAlready(name, found.title, found.id)
    taken = sa.select(Song.title, Song.removed_at).where(
        Song.artist_id == artist_id, Song.audio_sha256 == file.sha256, IS_NOT_TAKEN_ANEW
    )
    withdrawn = session().execute(taken.order_by(Song.removed_at.is_(None), Song.id).limit(1)).one_or_none()
    if withdrawn is not None:
        words = "removed" if withdrawn.removed_at else "have hidden"
        sentence = f"“{name}” is a file that moderators {words}, as “{withdrawn.title}”."
        sentence = f"{sentence} Their decision says how to appeal."
        raise Conflict(sentence, {"audio": [sentence]})


def titles_of_same_sound(person: Person, song_ids: Collection[int]) -> dict[int, str]:
    """For those songs whose sound their artist has in another file too, the title of the first such song."""
    if not song_ids:
        return {}
    song = aliased(Song)
    query = sa.select(song.id, Song.title).join(Song, is_repeated(song))
    alike = query.where(song.id.in_(song_ids), is_known_to(person, Song)).order_by(Song.id.desc())
    return {row.id: row.title for row in session().execute(alike)}
