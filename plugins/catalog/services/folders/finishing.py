"""Listening to songs of folders after they came in: what takes its time does not hold up a collection."""

import sqlalchemy as sa

from musicapp.database import UNSYNCED, writing
from musicapp.storage import media_store
from plugins.catalog.models import FolderFile
from plugins.catalog.services import processing
from plugins.catalog.services.ffmpeg import FfmpegMissing


def finish_song(song_id: int) -> None:
    """Find out how a song sounds and looks, as after an upload; it is ready and can be heard meanwhile.

    A file in which nothing can be played is refused afterwards.
    """
    try:
        outcome = processing.examine_song(song_id)
    except FfmpegMissing as missing:
        processing.say_what_is_missing(song_id, str(missing))
        return
    if outcome is None:
        return
    with writing() as unit:
        useless = processing.keep_outcome(song_id, outcome)
        refused = sa.update(FolderFile).where(FolderFile.song_id == song_id).values(problem=outcome.problem)
        unit.execute(refused, execution_options=UNSYNCED)
    if useless:
        media_store().delete(useless)
