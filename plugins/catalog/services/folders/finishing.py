"""Listening to songs of folders after they came in: what takes its time does not hold up a collection."""

from musicapp.database import writing
from musicapp.storage import media_store
from plugins.catalog.services import processing
from plugins.catalog.services.ffmpeg import FfmpegMissing


def finish_song(song_id: int) -> None:
    """Find out how a song sounds and looks, as after an upload; it is ready and can be heard meanwhile."""
    try:
        outcome = processing.examine_song(song_id)
    except FfmpegMissing as missing:
        processing.say_what_is_missing(song_id, str(missing))
        return
    if outcome is None:
        return
    with writing():
        useless = processing.keep_outcome(song_id, outcome)
    if useless:
        media_store().delete(useless)
