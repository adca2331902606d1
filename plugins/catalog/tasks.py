"""The jobs of music: making uploads and versions ready, telling of set times, removing what was deleted long ago."""

import logging
from datetime import datetime

from musicapp.clock import now
from musicapp.database import writing
from musicapp.jobs import GiveUp, RunningJob, daily, enqueue, every
from musicapp.storage import NotStored, media_store
from plugins.catalog import plugin
from plugins.catalog.media import Unreadable
from plugins.catalog.services import (
    audience,
    comments,
    folders,
    history,
    marks,
    nearness,
    processing,
    publishing,
    reminding,
    removing,
    telling,
    uploading,
    versions,
)
from plugins.catalog.services.ffmpeg import FfmpegMissing
from plugins.catalog.services.sharing import forget_ended_links

CATCHING_UP_S = 180
log = logging.getLogger(__name__)


@plugin.job("catalog.process_song")
def process_song(job: RunningJob, song_id: int) -> None:
    """Find out how an uploaded song sounds and looks."""
    try:
        outcome = processing.examine_song(song_id)
    except FfmpegMissing as missing:
        processing.say_what_is_missing(song_id, str(missing))
        raise
    if outcome is None:
        return
    with job.finish():
        useless = processing.keep_outcome(song_id, outcome)
    if useless:
        media_store().delete(useless)


@plugin.job("catalog.make_version", long=True)
def make_version(job: RunningJob, song_id: int) -> None:
    """Make the version of a song that browsers play, or that saves its listeners' data."""
    try:
        made = versions.make_version(song_id)
    except (Unreadable, NotStored) as failed:
        raise GiveUp(f"No version was made of song {song_id}: {failed}") from failed
    with job.finish():
        useless = versions.keep_version(song_id, made)
    for key in useless:
        media_store().delete(key)


@plugin.job("catalog.catch_up_versions", long=True, schedule=every(minutes=5))
def catch_up_versions(job: RunningJob, **_period: str) -> None:
    """Bring the library to the versions that the settings ask for, bit by bit: what was just uploaded comes between."""
    while useless := versions.drop_unwanted():
        for key in useless:
            media_store().delete(key)
    versions.catch_up(job.progress, CATCHING_UP_S)


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


@plugin.job("catalog.keep_near_songs", schedule=every(minutes=360), long=True)
def keep_near_songs(job: RunningJob, **_period: str) -> None:
    """Count from what listeners heard lately which songs go together."""
    nearness.keep_near_songs(job.progress)


@plugin.job("catalog.count_audiences", schedule=every(minutes=5), long=True)
def count_audiences(job: RunningJob, **_period: str) -> None:
    """Count what artists were heard since the last time, by day and by span."""
    audience.count_audiences(job.progress)


@plugin.job("catalog.purge", schedule=daily("04:10"))
def purge(job: RunningJob, **_period: str) -> None:
    """Remove for ever what was deleted longer ago than it can be brought back, and the secrets of old days."""
    history.forget_secrets()
    while removing.purge():
        if job.cancelled:
            return


@plugin.job("catalog.correct_ratings", schedule=daily("04:50"), long=True)
def correct_ratings(job: RunningJob, **_period: str) -> None:
    """Let the averages of songs forget the ratings that went with an account."""
    marks.correct_ratings()


@plugin.job("catalog.forget_comments", schedule=every(minutes=60))
def forget_comments(job: RunningJob, **_period: str) -> None:
    """Remove for ever what is left of comments that were deleted and can no longer be brought back."""
    while comments.forget_deleted():
        if job.cancelled:
            return


@plugin.job("catalog.note_drafts", schedule=daily("23:30"))
def note_drafts(job: RunningJob, **_period: str) -> None:
    """Note since when drafts are as they are, for their artists to be reminded of them."""
    with job.finish():
        reminding.note_drafts()


@plugin.job("catalog.forget_links", schedule=daily("04:30"))
def forget_links(job: RunningJob, **_period: str) -> None:
    """Remove secret links that came to their end a week ago."""
    with job.finish():
        forget_ended_links(now())


@plugin.job("catalog.sweep_uploads", schedule=every(minutes=60))
def sweep_uploads(job: RunningJob, **_period: str) -> None:
    """Remove what is here of files that nobody went on uploading."""
    while uploading.sweep_uploads():
        if job.cancelled:
            return


@plugin.job("catalog.look_at_folder", schedule=every(minutes=5), long=True)
def look_at_folder(job: RunningJob, **_period: str) -> None:
    """Take in what is new and changed in the watched folder, where there is one and its time has come."""
    done = 0

    def went_on(files: int) -> None:
        nonlocal done
        done += files
        job.progress(done)

    folders.look_if_due(went_on)


@plugin.job("catalog.find_covers", long=True)
def find_covers(job: RunningJob, song_ids: list[int]) -> None:
    """Find covers for albums of a folder, and then have their songs finished: covers are seen first."""
    folders.find_covers(song_ids)
    with job.finish():
        enqueue("catalog.finish_songs", {"song_ids": song_ids})


@plugin.job("catalog.finish_songs", long=True)
def finish_songs(job: RunningJob, song_ids: list[int]) -> None:
    """Find out how songs of a folder sound and look, one after the other; one that fails does not hold up the rest."""
    for done, song_id in enumerate(song_ids):
        job.progress(done, len(song_ids))
        try:
            folders.finish_song(song_id)
        except Exception:
            log.exception("Song %s is looked at once more by itself.", song_id)
            with writing():
                processing.enqueue_song(song_id)
    job.progress(len(song_ids))


@plugin.job("catalog.tell_followers", long=True)
def tell_followers(job: RunningJob, kind: str, release_id: int) -> None:
    """Tell the followers of a release, a thousand in each commit; whoever was told already is not told again."""
    release = telling.public_release(kind, release_id)
    if release is None:
        return
    last: int | None = 0
    while last is not None and not job.cancelled:
        last = telling.tell_followers(release, last)
