"""The room that an artist's music may take: what is kept, and what was promised to uploads that are under way."""

from dataclasses import dataclass

import sqlalchemy as sa

from musicapp.database import session
from musicapp.errors import TooLarge
from plugins.catalog.models import Artist, ArtistMember, PartialUpload, Song
from plugins.catalog.services.limits import MB, limits
from plugins.catalog.services.persons import Person


@dataclass(frozen=True)
class Room:
    """How much of an artist's room is taken, in bytes."""

    artist_name: str
    used_bytes: int
    whole_bytes: int


def room_of(person: Person) -> list[Room]:
    """The room of each artist that somebody publishes as, by name; empty on a site without a quota."""
    whole_bytes = limits().artist_quota_mb * MB
    if not whole_bytes:
        return []
    used = (kept_bytes(Artist.id) + promised_bytes(Artist.id)).label("used")
    query = sa.select(Artist.id, Artist.name, used).join(ArtistMember, ArtistMember.artist_id == Artist.id)
    mine = query.where(ArtistMember.user_id == person.id).order_by(Artist.name_key, Artist.id)
    rooms = [Room(row.name, int(row.used), whole_bytes) for row in session().execute(mine)]
    return rooms or [Room(person.name, 0, whole_bytes)]


def refuse_over_quota(artist_id: int, size_bytes: int, name: str) -> None:
    """Raise TooLarge when a file has no room any more; inside `writing()`, with the artist's row locked."""
    whole_bytes = limits().artist_quota_mb * MB
    if not whole_bytes:
        return
    artist = sa.literal(artist_id)
    used_bytes = int(session().scalar(sa.select(kept_bytes(artist) + promised_bytes(artist))) or 0)
    if used_bytes + size_bytes > whole_bytes:
        sentence = (
            f"There is no room for “{name}” ({in_words(size_bytes)}): {in_words(used_bytes)} of "
            f"{in_words(whole_bytes)} are used. Delete some music, or ask an admin for more room."
        )
        raise TooLarge(sentence, {"audio": [sentence]})


def kept_bytes(artist_id: sa.SQLColumnExpression[int]) -> sa.ScalarSelect[int]:
    """The size of an artist's files that are kept and not deleted."""
    kept = sa.and_(Song.artist_id == artist_id, Song.deleted_at.is_(None), Song.audio_key.is_not(None))
    return sa.select(sa.func.coalesce(sa.func.sum(Song.audio_bytes), 0)).where(kept).correlate(Artist).scalar_subquery()


def promised_bytes(artist_id: sa.SQLColumnExpression[int]) -> sa.ScalarSelect[int]:
    """The size that the uploads of an artist will have which are under way."""
    under_way = sa.and_(PartialUpload.artist_id == artist_id, is_under_way())
    total = sa.func.coalesce(sa.func.sum(PartialUpload.size_bytes), 0)
    return sa.select(total).where(under_way).correlate(Artist).scalar_subquery()


def is_under_way() -> sa.ColumnElement[bool]:
    """Whether an upload has neither become a song nor been refused."""
    return sa.and_(PartialUpload.song_id.is_(None), PartialUpload.problem == "")


def in_words(size_bytes: int) -> str:
    """A size as people read it: “12 MB”, “1.2 GB”."""
    if size_bytes >= 1000 * MB:
        return f"{size_bytes / (1024 * MB):.1f} GB".replace(".0 GB", " GB")
    return f"{max(1, round(size_bytes / MB))} MB" if size_bytes else "0 MB"
