"""The whole library after the owner chose other settings: what versions it lacks, and which nobody wants any more."""

from dataclasses import dataclass

import sqlalchemy as sa

from musicapp.database import session, writing
from plugins.catalog.models import Song, SongVersion
from plugins.catalog.services.versions.choosing import converted_mimes, has_wanted_version, wants_version
from plugins.catalog.services.versions.making import enqueue_version

AT_ONCE = 500


@dataclass(frozen=True)
class VersionProgress:
    """How many songs have the version that is wanted of them, of how many."""

    made: int
    wanted: int


def progress() -> VersionProgress:
    """How far the making of versions is, for the owner."""
    made = sa.func.count().filter(has_wanted_version())
    row = session().execute(sa.select(made, sa.func.count()).select_from(Song).where(wants_version(), settled())).one()
    return VersionProgress(*row)


def settled() -> sa.ColumnElement[bool]:
    """Whether a song was processed, so that its process job makes no version any more."""
    return Song.state == "ready"


def enqueue_missing(after_id: int = 0) -> int | None:
    """Enqueue the versions that some songs lack; answers the last song's id, None when all were looked at."""
    lacking = sa.select(Song.id).where(wants_version(), settled(), ~has_wanted_version(), Song.id > after_id)
    song_ids = list(session().scalars(lacking.order_by(Song.id).limit(AT_ONCE)))
    session().rollback()
    if not song_ids:
        return None
    with writing():
        for song_id in song_ids:
            enqueue_version(song_id)
    return song_ids[-1]


def drop_unwanted() -> list[str]:
    """Remove some versions that do not go out any more; answers the keys of their files, none when all are gone.

    A version of an earlier format or bitrate stays until a newer one takes its place.
    """
    original_goes_out = sa.exists().where(Song.id == SongVersion.song_id, Song.audio_mime.not_in(converted_mimes()))
    some = sa.select(SongVersion.song_id).where(original_goes_out).limit(AT_ONCE)
    with writing() as unit:
        song_ids = list(unit.scalars(some))
        gone = sa.delete(SongVersion).where(SongVersion.song_id.in_(song_ids)).returning(SongVersion.audio_key)
        return list(unit.scalars(gone.execution_options(synchronize_session=False)))
