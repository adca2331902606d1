"""What follows when music changes: kept lists are forgotten, albums are measured anew, artists hear of failures."""

from musicapp.database import writing
from musicapp.jobs import JobCancelled, JobDied
from plugins.catalog import plugin, services
from plugins.catalog.events import (
    AlbumChanged,
    AlbumDeleted,
    AlbumPublished,
    AlbumRestored,
    AlbumUnpublished,
    ArtistChanged,
    Change,
    GenreChanged,
    SongChanged,
    SongDeleted,
    SongMoved,
    SongPublished,
    SongRestored,
    SongUnpublished,
    SubjectHidden,
    SubjectShown,
)
from plugins.catalog.services import album_loudness, processing

OF_ONE_SONG = ("catalog.process_song", "catalog.make_version")


@plugin.on(SongPublished)
@plugin.on(SongUnpublished)
@plugin.on(SongChanged)
@plugin.on(SongMoved)
@plugin.on(SongDeleted)
@plugin.on(SongRestored)
@plugin.on(AlbumPublished)
@plugin.on(AlbumUnpublished)
@plugin.on(AlbumChanged)
@plugin.on(AlbumDeleted)
@plugin.on(AlbumRestored)
@plugin.on(ArtistChanged)
@plugin.on(GenreChanged)
@plugin.on(SubjectHidden)
@plugin.on(SubjectShown)
def forget_lists(_change: Change) -> None:
    """Let nobody see again what was kept of the lists before this change."""
    services.LISTS.forget()


@plugin.on(JobDied)
def give_up_on_song(died: JobDied) -> None:
    """Tell the artist when a song's job failed for good."""
    if died.kind in OF_ONE_SONG:
        with writing():
            processing.give_up(died.payload["song_id"])


@plugin.on(JobCancelled)
def stop_waiting_for_song(cancelled: JobCancelled) -> None:
    """Tell the artist when a song's job was cancelled."""
    if cancelled.kind in OF_ONE_SONG:
        with writing():
            processing.give_up(cancelled.payload["song_id"], processing.CANCELLED)


@plugin.on(SongDeleted)
@plugin.on(SongRestored)
def measure_album(of: SongDeleted | SongRestored) -> None:
    """Say anew how loud an album is that lost a song, or has one back."""
    album_loudness.keep_loudness_around(of.song_id)


@plugin.on(SongMoved)
def measure_albums(moved: SongMoved) -> None:
    """Say anew how loud both albums are."""
    album_loudness.keep_album_loudness(moved.from_album_id)
    album_loudness.keep_album_loudness(moved.to_album_id)
