"""The jobs of music: making uploads ready, telling of set times, removing what was deleted long ago."""

from datetime import datetime

from musicapp.jobs import RunningJob, daily, every
from musicapp.storage import media_store
from plugins.catalog import plugin
from plugins.catalog.services import processing, publishing, removing, uploading


@plugin.job("catalog.process_song")
def process_song(job: RunningJob, song_id: int) -> None:
    """Find out how an uploaded song sounds and looks."""
    outcome = processing.examine_song(song_id)
    if outcome is None:
        return
    with job.finish():
        useless = processing.keep_outcome(song_id, outcome)
    if useless:
        media_store().delete(useless)


@plugin.job("catalog.announce_song")
def announce_song(job: RunningJob, song_id: int, at: str) -> None:
    """Tell that a song's set time of publication has come."""
    with job.finish():
        publishing.announce_song(song_id, datetime.fromisoformat(at))


@plugin.job("catalog.announce_album")
def announce_album(job: RunningJob, album_id: int, at: str) -> None:
    """Tell that an album's set time of publication has come."""
    with job.finish():
        publishing.announce_album(album_id, datetime.fromisoformat(at))


@plugin.job("catalog.purge", schedule=daily("04:10"))
def purge(job: RunningJob, **_period: str) -> None:
    """Remove for ever what was deleted longer ago than it can be brought back."""
    while removing.purge():
        if job.cancelled:
            return


@plugin.job("catalog.sweep_uploads", schedule=every(minutes=60))
def sweep_uploads(job: RunningJob, **_period: str) -> None:
    """Remove what is here of files that nobody went on uploading."""
    while uploading.sweep_uploads():
        if job.cancelled:
            return
