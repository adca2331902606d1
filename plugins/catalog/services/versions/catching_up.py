"""The whole library after the owner chose other settings: what versions it lacks, and which nobody wants any more."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from musicapp.database import UNSYNCED, session, writing
from musicapp.storage import NotStored, media_store
from plugins.catalog.media import Unreadable
from plugins.catalog.models import Song, SongVersion
from plugins.catalog.services.ffmpeg import FfmpegMissing
from plugins.catalog.services.versions.choosing import converted_mimes, has_wanted_version, wants_version
from plugins.catalog.services.versions.making import keep_version, make_version

AT_ONCE = 500
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class VersionProgress:
    """How many songs have the version that is wanted of them, of how many."""

    made: int
    wanted: int


def progress() -> VersionProgress:
    """How far the making of versions is, for the owner."""
    made = sa.func.count().filter(has_wanted_version())
    row = session().execute(sa.select(made, sa.func.count()).select_from(Song).where(wants_version())).one()
    return VersionProgress(*row)


def catch_up(tell: Callable[[int, int], object], lasts_s: float) -> None:
    """Make versions that songs lack, for so many seconds, and tell how many of how many there are.

    Songs come in any order, so that those of which none can be made do not hold up the others.
    """
    until = time.monotonic() + lasts_s
    lacking = sa.select(Song.id).where(wants_version(), ~has_wanted_version())
    song_ids = list(session().scalars(lacking.order_by(sa.func.random()).limit(AT_ONCE)))
    at_first = progress()
    session().rollback()
    made = 0
    try:
        for song_id in song_ids:
            if time.monotonic() > until:
                break
            made += finish_version(song_id)
            tell(at_first.made + made, at_first.wanted)
    except FfmpegMissing as missing:
        log.warning("No versions are made: %s", missing)


def finish_version(song_id: int) -> bool:
    """Make a song's version and put it in its place; whether that could be done."""
    try:
        made = make_version(song_id)
    except (Unreadable, NotStored) as failed:
        log.warning("No version was made of song %s: %s", song_id, failed)
        return False
    with writing():
        useless = keep_version(song_id, made)
    for key in useless:
        media_store().delete(key)
    return made is not None


def drop_unwanted() -> list[str]:
    """Remove some versions that do not go out any more; answers the keys of their files, none when all are gone.

    A version of an earlier format or bitrate stays until a newer one takes its place.
    """
    original_goes_out = sa.exists().where(Song.id == SongVersion.song_id, Song.audio_mime.not_in(converted_mimes()))
    some = sa.select(SongVersion.song_id).where(original_goes_out).limit(AT_ONCE)
    with writing() as unit:
        song_ids = list(unit.scalars(some))
        gone = sa.delete(SongVersion).where(SongVersion.song_id.in_(song_ids)).returning(SongVersion.audio_key)
        return list(unit.scalars(gone.execution_options(**UNSYNCED)))
