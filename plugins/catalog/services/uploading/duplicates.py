"""Music that an artist has here already: the same file, which is refused, and the same sound, which is named."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from musicapp.database import session
from musicapp.errors import Conflict
from musicapp.storage import StoredFile
from plugins.catalog.models import ArtistMember, Song
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


def refuse_duplicate(person: Person, artist_id: int, file: StoredFile, name: str) -> None:
    """Raise HereAlready with the song that an artist has made of the same file, Conflict for a file that moderators
    decided about."""
    same = sa.select(Song.id, Song.title).where(
        Song.artist_id == artist_id,
        Song.audio_sha256 == file.sha256,
        Song.deleted_at.is_(None),
        Song.state != "unreadable",
    )
    found = session().execute(same.limit(1)).one_or_none()
    if found is not None:
        raise HereAlready(name, found.title, found.id)
    refuse_withdrawn(person, artist_id, file, name)


def refuse_withdrawn(person: Person, artist_id: int, file: StoredFile, name: str) -> None:
    """Raise Conflict for a file that moderators removed, hid or marked in the music of this artist, or of another as
    whom the same person publishes."""
    columns = sa.select(Song.title, Song.removed_at, Song.hidden_at)
    same = columns.where(Song.artist_id.in_(whose(person, artist_id)), Song.audio_sha256 == file.sha256)
    gravest = (Song.removed_at.is_(None), Song.hidden_at.is_(None), Song.id)
    withdrawn = session().execute(same.where(IS_NOT_TAKEN_ANEW).order_by(*gravest).limit(1)).one_or_none()
    if withdrawn is not None:
        did = "removed" if withdrawn.removed_at else "have hidden" if withdrawn.hidden_at else "marked explicit"
        sentence = f"“{name}” is a file that moderators {did}, as “{withdrawn.title}”."
        sentence = f"{sentence} Their decision says how to appeal."
        raise Conflict(sentence, {"audio": [sentence]})


def whose(person: Person, artist_id: int) -> sa.CompoundSelect[int]:
    """An artist, and all others as whom somebody publishes."""
    theirs = sa.select(ArtistMember.artist_id).where(ArtistMember.user_id == person.id)
    return sa.union_all(sa.select(sa.literal(artist_id, sa.Integer)), theirs)


def titles_of_same_sound(person: Person, song_ids: Collection[int]) -> dict[int, str]:
    """For those songs whose sound their artist has in another file too, the title of the first such song."""
    if not song_ids:
        return {}
    song = aliased(Song)
    query = sa.select(song.id, Song.title).join(Song, is_repeated(song))
    alike = query.where(song.id.in_(song_ids), is_known_to(person, Song)).order_by(Song.id.desc())
    return {row.id: row.title for row in session().execute(alike)}
